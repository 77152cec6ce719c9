import type { AccountId, Id, OrderId, PartnerId, PartnerOrderId } from '#kernel/ids';
import type { Currency, MoneyText } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

/**
 * What neighbours may know of partners. Margin schedules and secrets never travel; an accepted order carries the two prices
 * that its neighbours need: the customer's, and that of whoever is invoiced.
 */
export interface PartnersEvents {
  'PartnerChanged.v1': PartnerChanged;
  'RelationshipChanged.v1': RelationshipChanged;
  'ClientRevoked.v1': ClientRevoked;
  'ClientRestricted.v1': ClientRestricted;
  'TokenRevoked.v1': TokenRevoked;
  'PartnerAgreementSigned.v1': PartnerAgreementSigned;
  'PartnerOrderAccepted.v1': PartnerOrderAccepted;
  'PartnerOrderChanged.v1': PartnerOrderChanged;
  'EndUserTermsAccepted.v1': EndUserTermsAccepted;
}

export interface PartnerChanged {
  readonly partnerId: PartnerId;
  readonly version: number;
  readonly name: string;
  readonly kind: string;
  readonly track: string;
  readonly isActive: boolean;
}

export interface RelationshipChanged {
  readonly relationshipId: Id<'relationship'>;
  readonly version: number;
  readonly distributorId: PartnerId;
  readonly resellerId: PartnerId;
  readonly region: string;
  readonly isActive: boolean;
}

/** Tokens that were handed to this client are believed no longer. */
export interface ClientRevoked {
  readonly clientId: Id<'partnerClient'>;
  readonly partnerId: PartnerId;
}

/** From where this client is used from now on; none: from anywhere. */
export interface ClientRestricted {
  readonly clientId: Id<'partnerClient'>;
  readonly partnerId: PartnerId;
  readonly allowedNetworks: readonly string[];
}

/** This one token is believed no longer. */
export interface TokenRevoked {
  readonly tokenId: string;
  /** When it would have ended by itself, and need not be remembered any more. Absent in what was said before this was kept. */
  readonly expiresAt?: string;
  readonly clientId: Id<'partnerClient'>;
}

/** A company with the account that it is to have; the id is chosen here, so that nobody waits for it to be opened. */
export interface PartnerParty {
  readonly accountId: AccountId;
  readonly name: string;
  readonly currency: Currency;
  readonly paymentTermsDays: number;
  readonly sellingEntity: string;
  readonly vatId: string | null;
  readonly contact: {
    readonly name: string;
    readonly email: string;
    readonly street: string;
    readonly city: string;
    readonly postalCode: string;
    readonly region: string | null;
    readonly country: string;
  };
}

/** A partner may order from now on; it is invoiced as agreed. */
export interface PartnerAgreementSigned {
  readonly agreementId: Id<'partnerAgreement'>;
  readonly partnerId: PartnerId;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly invoiceOwner: PartnerParty;
}

/** For orders: carry this out. For customers: this is who bought. Everything is decided and priced. */
export interface PartnerOrderAccepted {
  readonly partnerOrderId: PartnerOrderId;
  readonly orderId: OrderId;
  readonly partnerId: PartnerId;
  readonly resellerId: PartnerId | null;
  readonly channel: 'DISTRIBUTOR' | 'CLOUD_MARKETPLACE';
  readonly dealType: 'RESALE' | 'MSP';
  /** The end customer: its contact is Sold-To. */
  readonly customer: PartnerParty;
  readonly invoiceOwner: PartnerParty;
  readonly poNumber: string | null;
  /** True: the partner vouches that the customer has accepted the licence agreement. */
  readonly isEulaAccepted: boolean;
  readonly actions: readonly PartnerAction[];
  /** For one unit and year, of every product that the actions are about. */
  readonly prices: readonly { readonly sku: string; readonly customerUnitPrice: MoneyText; readonly invoiceUnitPrice: MoneyText }[];
  /** What the invoice comes to before tax. */
  readonly invoiceSubtotal: MoneyText;
}

export type PartnerAction =
  | {
      readonly kind: 'CREATE_SUBSCRIPTION';
      readonly sku: string;
      readonly quantity: number;
      readonly startsOn: PlainDate;
      readonly termMonths: number;
    }
  | { readonly kind: 'ADD_SEATS'; readonly subscriptionName: string; readonly quantity: number }
  | { readonly kind: 'RENEW'; readonly subscriptionName: string; readonly quantity: number | null; readonly termMonths: number }
  | { readonly kind: 'CANCEL'; readonly subscriptionName: string; readonly isRefunded: boolean; readonly reason: string };

/** How a partner's order stands. */
export interface PartnerOrderChanged {
  readonly partnerOrderId: PartnerOrderId;
  readonly orderId: OrderId;
  readonly partnerId: PartnerId;
  readonly status: string;
  readonly reason: string | null;
  readonly at: string;
}

/** The partner tells that the customer has accepted the licence agreement. */
export interface EndUserTermsAccepted {
  readonly accountId: AccountId;
  readonly partnerOrderId: PartnerOrderId;
}
