import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type PartnerKind, type PartnerTrack, register } from '../domain/partner';
import type { PartnersEvents } from '../events/published';
import { insertPartner } from '../store/partners';
import type { PartnerRow } from '../store/tables';
import { announcePartner } from './announce';

export interface CreatePartner {
  readonly name: string;
  readonly kind: PartnerKind;
  readonly track: PartnerTrack;
}

export async function createPartner(work: Work<PartnersEvents>, request: CreatePartner): Promise<Result<PartnerRow>> {
  const registered = register(request);
  if (!registered.ok) return registered;
  const partner = await insertPartner(work.tx, { id: work.newId('partner'), ...registered.value, version: 1, createdAt: work.now });
  announcePartner(work, partner);
  return accept(partner);
}
