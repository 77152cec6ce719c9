export * from './delivery-tables';
export * from './entitlement-tables';
export * from './license-tables';
export * from './offer-tables';
export * from './placement-tables';
export * from './usage-tables';
