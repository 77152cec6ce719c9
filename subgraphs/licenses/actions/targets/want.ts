import { addMs } from '#kernel/time';
import { waitAfter, wantedNext } from '../../domain/placement';
import { placementForUpdate, savePlacement } from '../../store/placements';
import type { PlacementKey } from '../../store/tables';
import type { FulfilmentTarget, LicensesWork } from './target';

/** Says what is to be there, and leaves a job that makes it so. Answers whether it is there already. */
export async function want(work: LicensesWork, target: FulfilmentTarget, key: PlacementKey): Promise<boolean> {
  const content = await target.wanted?.(work.tx, key, work.today);
  if (!content) return true;
  const known = await placementForUpdate(work.tx, key);
  const next = wantedNext(known, content);
  if (known && !next && known.state === 'PLACED') return true;
  const fresh = { attempts: 0, failures: 0, lastError: null, placedAt: known?.placedAt ?? null };
  const { accountId, target: kind, key: name } = key;
  if (next)
    await savePlacement(work.tx, { ...fresh, accountId, target: kind, key: name, content, ...next, dueAt: addMs(work.now, waitAfter(1)) });
  await enqueuePlacement(work, key);
  return false;
}

/** Leaves a job for a placement; one that has not begun yet is replaced. */
export const enqueuePlacement = (work: LicensesWork, { accountId, target, key }: PlacementKey): Promise<void> =>
  work.enqueue('place', { accountId, target, key }, { key: `place/${accountId}/${target}/${key}` });
