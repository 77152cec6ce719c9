import type { PartnerId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { partnerNotFound } from '../domain/partner';
import { type Region, relate } from '../domain/relationship';
import type { PartnersEvents } from '../events/published';
import { insertRelationship, partnerForUpdate, relationshipBetween, updateRelationship } from '../store/partners';
import type { RelationshipRow } from '../store/tables';
import { announceRelationship } from './announce';

export interface CreateRelationship {
  readonly distributorId: PartnerId;
  readonly resellerId: PartnerId;
  readonly region: Region;
}

export async function createRelationship(work: Work<PartnersEvents>, request: CreateRelationship): Promise<Result<RelationshipRow>> {
  const { distributorId, resellerId, region } = request;
  const distributor = await partnerForUpdate(work.tx, distributorId);
  if (!distributor) return partnerNotFound('distributorId');
  const reseller = await partnerForUpdate(work.tx, resellerId);
  if (!reseller) return partnerNotFound('resellerId');
  const current = await relationshipBetween(work.tx, distributorId, resellerId, region);
  const related = relate(distributor, reseller, current);
  if (!related.ok) return related;

  const id = work.newId('relationship');
  const relationship = current
    ? await updateRelationship(work.tx, current, related.value)
    : await insertRelationship(work.tx, { id, distributorId, resellerId, region, ...related.value, version: 1, createdAt: work.now });
  announceRelationship(work, relationship);
  return accept(relationship);
}
