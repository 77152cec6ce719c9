import type { AccountId, ContactId, LeadId, MembershipId, OrganizationId, UserId } from '#kernel/ids';
import type { Currency } from '#kernel/money';

/** What neighbours may know of customers. Each event carries the whole state, so the newest one is enough. */
export interface CustomersEvents {
  'OrganizationChanged.v1': OrganizationChanged;
  'BillingAccountChanged.v1': BillingAccountChanged;
  'MembershipChanged.v1': MembershipChanged;
  'LeadChanged.v1': LeadChanged;
  'AgreementAccepted.v1': AgreementAccepted;
}

export interface OrganizationChanged {
  readonly organizationId: OrganizationId;
  readonly version: number;
  readonly name: string;
  readonly parentId: OrganizationId | null;
}

export interface BillingAccountChanged {
  readonly accountId: AccountId;
  /** Grows by one with each change; a reader keeps the highest. */
  readonly version: number;
  readonly number: string;
  readonly name: string;
  readonly organizationId: OrganizationId;
  readonly organizationName: string;
  readonly currency: Currency;
  readonly sellingEntity: string;
  readonly segment: string;
  readonly paymentTermsDays: number;
  readonly isAutoPay: boolean;
  readonly isTaxExempt: boolean;
  readonly vatId: string | null;
  readonly holds: readonly string[];
  /** True when everything is bought under one negotiated contract. */
  readonly hasMasterAgreement?: boolean;
  readonly billTo: PublishedContact;
  readonly soldTo: PublishedContact;
}

/** A version of the licence agreement (`EULA`) or of the terms of buying (`TERMS`) was accepted; told again when it is asked for. */
export interface AgreementAccepted {
  readonly accountId: AccountId;
  readonly kind: string;
  readonly version: string;
  readonly acceptedAt: string;
}

export interface PublishedContact {
  readonly contactId: ContactId;
  readonly name: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface MembershipChanged {
  readonly membershipId: MembershipId;
  readonly version: number;
  readonly accountId: AccountId;
  readonly userId: UserId;
  readonly role: string;
  readonly isActive: boolean;
}

/** A reason to call a customer was found, or somebody said what came of it. What was asked in words stays here. */
export interface LeadChanged {
  readonly leadId: LeadId;
  readonly accountId: AccountId;
  readonly organizationId: OrganizationId;
  readonly version: number;
  readonly source: string;
  readonly status: string;
}
