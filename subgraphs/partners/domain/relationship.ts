import { accept, refuse } from '#kernel/result';
import { type PartnerKind, partnerInactive } from './partner';

/** Where a reseller buys through a distributor. */
export const REGIONS = ['AMER', 'EMEA', 'APAC'] as const;
export type Region = (typeof REGIONS)[number];

interface Party {
  readonly kind: PartnerKind;
  readonly isActive: boolean;
}

/** Decides whether a reseller may buy through a distributor in a region. One that ended is taken up again. */
export function relate(distributor: Party, reseller: Party, current: { readonly isActive: boolean } | null) {
  if (distributor.kind !== 'DISTRIBUTOR') return kindMismatch('distributorId', 'The first party of a relationship is a distributor.');
  if (reseller.kind !== 'RESELLER' && reseller.kind !== 'MSP') {
    return kindMismatch('resellerId', 'The second party of a relationship is a reseller or a managed service provider.');
  }
  if (!distributor.isActive) return partnerInactive('distributorId');
  if (!reseller.isActive) return partnerInactive('resellerId');
  if (current?.isActive) return refuse('RELATIONSHIP_EXISTS', 'The two work together in this region already.');
  return accept({ isActive: true });
}

/** Decides whether a relationship ends. */
export function end(relationship: { readonly isActive: boolean }) {
  return relationship.isActive ? accept({ isActive: false }) : relationshipNotFound();
}

/** A relationship that is unknown or has ended. */
export const relationshipNotFound = () => refuse('RELATIONSHIP_NOT_FOUND', 'There is no such relationship.', { path: ['relationshipId'] });

const kindMismatch = (field: string, sentence: string) => refuse('PARTNER_KIND_MISMATCH', sentence, { path: [field] });
