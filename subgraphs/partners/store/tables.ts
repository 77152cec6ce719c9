export * from './bulk-tables';
export * from './deal-tables';
export * from './order-tables';
export * from './partner-tables';
export * from './program-tables';
export * from './webhook-tables';
