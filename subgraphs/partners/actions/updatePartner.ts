import type { PartnerId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { changePartner, type PartnerChange, partnerNotFound } from '../domain/partner';
import type { PartnersEvents } from '../events/published';
import { partnerForUpdate, updatePartnerRow } from '../store/partners';
import type { PartnerRow } from '../store/tables';
import { announcePartner, unchangedSince } from './announce';

export interface UpdatePartner extends PartnerChange {
  readonly partnerId: PartnerId;
  readonly ifVersion?: number | null;
}

export async function updatePartner(work: Work<PartnersEvents>, request: UpdatePartner): Promise<Result<PartnerRow>> {
  const before = await partnerForUpdate(work.tx, request.partnerId);
  if (!before) return partnerNotFound();
  const unchanged = unchangedSince(before, request.ifVersion);
  if (!unchanged.ok) return unchanged;
  const change = changePartner(before, request);
  if (!change.ok) return change;
  const { name, track, isActive } = change.value;
  if (name === before.name && track === before.track && isActive === before.isActive) return accept(before);

  const after = await updatePartnerRow(work.tx, before, change.value);
  announcePartner(work, after);
  return accept(after);
}
