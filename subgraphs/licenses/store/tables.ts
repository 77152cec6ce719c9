export * from './delivery-tables';
export * from './entitlement-tables';
export * from './license-tables';
export * from './placement-tables';
export * from './usage-tables';
