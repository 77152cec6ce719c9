export * from './billing-tables';
export * from './catalog-tables';
export * from './copy-tables';
export * from './order-tables';
export * from './quote-tables';
