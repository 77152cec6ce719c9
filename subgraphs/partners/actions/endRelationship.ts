import type { Id } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { end, relationshipNotFound } from '../domain/relationship';
import type { PartnersEvents } from '../events/published';
import { relationshipForUpdate, updateRelationship } from '../store/partners';
import type { RelationshipRow } from '../store/tables';
import { announceRelationship, unchangedSince } from './announce';

export interface EndRelationship {
  readonly relationshipId: Id<'relationship'>;
  readonly ifVersion?: number | null;
}

/** What was bought through it stays as it is; nothing new is bought. */
export async function endRelationship(work: Work<PartnersEvents>, request: EndRelationship): Promise<Result<RelationshipRow>> {
  const before = await relationshipForUpdate(work.tx, request.relationshipId);
  if (!before) return relationshipNotFound();
  const unchanged = unchangedSince(before, request.ifVersion);
  if (!unchanged.ok) return unchanged;
  const ended = end(before);
  if (!ended.ok) return ended;

  const after = await updateRelationship(work.tx, before, ended.value);
  announceRelationship(work, after);
  return accept(after);
}
