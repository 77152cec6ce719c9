export { PartnerClient, type PartnerClientOptions, PartnerRequestError } from './client';
export * from './generated';
export { everyItem, type Page } from './pages';
export { readWebhook, type StatusEvent } from './webhooks';
