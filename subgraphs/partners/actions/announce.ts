import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { PartnersEvents } from '../events/published';
import type { ClientRow, PartnerRow, RelationshipRow } from '../store/tables';

/** Tells the neighbours what a partner now is. */
export function announcePartner(work: Work<PartnersEvents>, { id, version, name, kind, track, isActive }: PartnerRow): void {
  work.announce('PartnerChanged.v1', { subject: id, accountId: null }, { partnerId: id, version, name, kind, track, isActive });
}

/** Tells the neighbours who buys through whom. */
export function announceRelationship(work: Work<PartnersEvents>, row: RelationshipRow): void {
  const { id, version, distributorId, resellerId, region, isActive } = row;
  const data = { relationshipId: id, version, distributorId, resellerId, region, isActive };
  work.announce('RelationshipChanged.v1', { subject: id, accountId: null }, data);
}

/** Tells the gateway to believe no token of a client, however long it would still live. */
export function announceRevocation(work: Work<PartnersEvents>, { id, partnerId }: ClientRow): void {
  work.announce('ClientRevoked.v1', { subject: id, accountId: null }, { clientId: id, partnerId });
}

/** Tells the gateway from where a client is used from now on, whatever token it shows. */
export function announceRestriction(work: Work<PartnersEvents>, { id, partnerId, allowedNetworks }: ClientRow): void {
  work.announce('ClientRestricted.v1', { subject: id, accountId: null }, { clientId: id, partnerId, allowedNetworks });
}

/** Refuses a change of something that has changed since the client read it. */
export function unchangedSince(row: { readonly version: number }, ifVersion: number | null | undefined): Result<null> {
  return ifVersion === undefined || ifVersion === null || ifVersion === row.version
    ? accept(null)
    : refuse('VERSION_CHANGED', `This is version ${row.version} by now. Read it again and decide anew.`, { path: ['ifVersion'] });
}
