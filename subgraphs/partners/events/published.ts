import type { Id, PartnerId } from '#kernel/ids';

/** What neighbours may know of partners. Margins and secrets never travel. */
export interface PartnersEvents {
  'PartnerChanged.v1': PartnerChanged;
  'RelationshipChanged.v1': RelationshipChanged;
  'ClientRevoked.v1': ClientRevoked;
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
