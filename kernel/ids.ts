declare const kind: unique symbol;

/** An identifier that knows what it identifies, so a contact's id can never be passed as an order's. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

/**
 * Every kind of thing with a global id, and its prefix. The text form is the prefix, an underscore and the 32
 * hexadecimal digits of a UUIDv7, so ids sort by the moment they were made.
 */
export const ID_PREFIX = {
  organization: 'org',
  account: 'acc',
  contact: 'con',
  user: 'usr',
  membership: 'mem',
  invitation: 'ivt',
  agreement: 'agr',
  audit: 'aud',
  lead: 'led',
  product: 'prd',
  order: 'ord',
  orderAction: 'oac',
  quote: 'quo',
  subscription: 'sub',
  subscriptionVersion: 'ver',
  charge: 'chg',
  term: 'trm',
  reconciliation: 'rec',
  trial: 'trl',
  extension: 'ext',
  namespace: 'nsp',
  invoice: 'inv',
  invoiceLine: 'inl',
  payment: 'pay',
  paymentMethod: 'pmt',
  journalEntry: 'jrn',
  activation: 'act',
  license: 'lic',
  instance: 'ins',
  delivery: 'dlv',
  entitlement: 'ent',
  partner: 'par',
  relationship: 'rel',
  partnerClient: 'pcl',
  partnerAgreement: 'pag',
  marginSchedule: 'mgn',
  partnerOrder: 'por',
  dealRegistration: 'dea',
  statusWebhook: 'whk',
  webhookDelivery: 'whd',
  bulkImport: 'blk',
  commission: 'cms',
  event: 'evt',
  clockMovement: 'mov',
  renewalAttempt: 'rna',
  reportExport: 'exp',
  savedReport: 'srp',
} as const;

export type IdKind = keyof typeof ID_PREFIX;

export type OrganizationId = Id<'organization'>;
export type AccountId = Id<'account'>;
export type ContactId = Id<'contact'>;
export type UserId = Id<'user'>;
export type MembershipId = Id<'membership'>;
export type InvitationId = Id<'invitation'>;
export type AgreementId = Id<'agreement'>;
export type LeadId = Id<'lead'>;
export type OrderId = Id<'order'>;
export type QuoteId = Id<'quote'>;
export type OrderActionId = Id<'orderAction'>;
export type SubscriptionId = Id<'subscription'>;
export type NamespaceId = Id<'namespace'>;
export type ReconciliationId = Id<'reconciliation'>;
export type TrialId = Id<'trial'>;
export type InvoiceId = Id<'invoice'>;
export type PaymentId = Id<'payment'>;
export type PaymentMethodId = Id<'paymentMethod'>;
export type ActivationId = Id<'activation'>;
export type LicenseId = Id<'license'>;
export type PartnerId = Id<'partner'>;
export type PartnerOrderId = Id<'partnerOrder'>;
export type ClockMovementId = Id<'clockMovement'>;
export type RenewalAttemptId = Id<'renewalAttempt'>;
export type EventId = Id<'event'>;

/** Makes ids; the source is an argument, so a test or a replay can make the same ones again. */
export type NewId = <Kind extends IdKind>(kind: Kind) => Id<Kind>;

const KIND_BY_PREFIX = new Map<string, IdKind>((Object.keys(ID_PREFIX) as IdKind[]).map(key => [ID_PREFIX[key], key]));
const TEXT_FORM = /^([a-z]{3})_([0-9a-f]{32})$/;

/** The text form of a UUID of the given kind: `ord_` and 32 digits. */
export function idFromUuid<Kind extends IdKind>(idKind: Kind, uuid: string): Id<Kind> {
  return `${ID_PREFIX[idKind]}_${uuid.replaceAll('-', '')}` as Id<Kind>;
}

/** The UUID inside an id, with its dashes: how a database column keeps it. */
export function uuidOf(id: string): string {
  const digits = id.slice(4);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}

/** What kind of thing a text identifies, or null when it is no id of ours. Never throws: clients send anything. */
export function kindOf(text: string): IdKind | null {
  const match = TEXT_FORM.exec(text);
  return match ? (KIND_BY_PREFIX.get(match[1]!) ?? null) : null;
}

/** True when a text has the form of an id of this kind; what fails here exists nowhere. */
export function isId<Kind extends IdKind>(idKind: Kind, text: string): text is Id<Kind> {
  return kindOf(text) === idKind;
}
