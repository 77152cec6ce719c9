import type { Id } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { type DealDecision, dealNotFound, decideDeal } from '../domain/deal-registration';
import type { PartnersEvents } from '../events/published';
import { dealForUpdate, saveDeal } from '../store/deals';
import type { DealRow } from '../store/tables';

export interface DecideDealRegistration {
  readonly dealRegistrationId: Id<'dealRegistration'>;
  readonly decision: DealDecision;
  readonly reason: string | null;
}

/** C2: somebody of ours decides on a deal; an approved one is valid for 90 days. */
export async function decideDealRegistration(work: Work<PartnersEvents>, request: DecideDealRegistration): Promise<Result<DealRow>> {
  const deal = await dealForUpdate(work.tx, request.dealRegistrationId);
  if (!deal) return dealNotFound();
  const decided = decideDeal(deal, request.decision, request.reason, work.today);
  if (!decided.ok) return decided;
  const reason = request.reason?.trim() || null;
  return accept(await saveDeal(work.tx, { ...deal, ...decided.value, reason, decidedBy: work.actor, decidedAt: work.now }));
}
