import { addMs } from '#kernel/time';
import { Declined, isThere, LOOKED_AT_AFTER_MINUTES, waitAfter, wantedNext } from '../../domain/placement';
import { lockAccount } from '../../store/accounts';
import { placementForUpdate, savePlacement } from '../../store/placements';
import { requestsThatAwait } from '../../store/requests';
import type { PlacementKey, PlacementRow } from '../../store/tables';
import { grantWhenReady } from '../grantLicenses';
import type { FulfilmentTarget, LicensesWork, Placing, TargetPort } from './target';
import { enqueuePlacement } from './want';

const MINUTE_MS = 60_000;

/** Who fulfils, and how the world outside of each is reached. */
export interface Outside {
  readonly targets: readonly FulfilmentTarget[];
  readonly ports: ReadonlyMap<string, TargetPort>;
}

/**
 * Carries out one placement, outside of any transaction: what is to be there is computed, sent, and read back, for a product may answer
 * and still not keep it. One that does not come about stays wanted, and its orders are told. Answers whether anybody answered.
 */
export async function carryOut(job: Placing, key: PlacementKey, { targets, ports }: Outside): Promise<boolean> {
  const target = targets.find(({ kind }) => kind === key.target);
  const port = ports.get(key.target);
  if (!target || !port) throw new Error(`There is no way to reach ${key.target}.`);
  const placement = await job.write(work => wantNow(work, key, target));
  if (!placement) return true;
  try {
    const found = await lookedUp(port, placement, job);
    if (!found.isThere) {
      if (placement.state === 'PLACED' || found.revision >= placement.revision)
        return await job.write(work => placeAnew(work, placement, found.revision)).then(() => true);
      await port.place(placement, job);
      if (port.look && !(await lookedUp(port, placement, job)).isThere) throw new Error('It was answered, and not kept.');
    }
  } catch (fault) {
    await job.write(work => failed(work, placement, fault));
    return fault instanceof Declined;
  }
  await job.write(work => placed(work, placement, target, targets));
  return true;
}

/** Failures in a row after which a round leaves a target alone: who hangs would hold it up for hours. */
const FAILURES_MAX = 3;

/** Looks at placements whose time has come, one after the other; a target that does not answer waits for the next round. */
export async function lookAt(job: Placing, due: readonly PlacementRow[], outside: Outside): Promise<void> {
  const failures = new Map<string, number>();
  for (const placement of due) {
    const inARow = failures.get(placement.target) ?? 0;
    if (inARow >= FAILURES_MAX || job.signal.aborted) continue;
    failures.set(placement.target, (await carryOut(job, placement, outside)) ? 0 : inARow + 1);
  }
}

/** What is outside now. Where nobody can look, what was placed is believed. */
async function lookedUp(port: TargetPort, placement: PlacementRow, job: Placing) {
  if (!port.look) return { isThere: placement.state === 'PLACED', revision: 0 };
  const found = (await port.look([placement.key], job)).get(placement.key) ?? null;
  return { isThere: isThere(placement, found), revision: found?.revision ?? 0 };
}

/** The placement as it is to be today, held for a while only: between two transactions it may change again. */
async function wantNow(work: LicensesWork, key: PlacementKey, target: FulfilmentTarget): Promise<PlacementRow | null> {
  const content = (await target.wanted?.(work.tx, key, work.today)) ?? null;
  const known = await placementForUpdate(work.tx, key);
  if (!known || !content) return known?.state === 'REFUSED' ? null : known;
  const next = wantedNext(known, content);
  if (!next || next.revision === known.revision) return known.state === 'REFUSED' ? null : known;
  const changed = { ...known, ...next, content, attempts: 0, failures: 0, lastError: null };
  await savePlacement(work.tx, changed);
  return changed;
}

/** It is there: so are the orders that waited for it. What was asked for meanwhile stays wanted. */
async function placed(
  work: LicensesWork,
  { revision, ...key }: PlacementRow,
  target: FulfilmentTarget,
  targets: readonly FulfilmentTarget[],
): Promise<void> {
  await lockAccount(work.tx, key.accountId);
  const known = await placementForUpdate(work.tx, key);
  if (known?.revision !== revision) return;
  const isNews = known.state !== 'PLACED';
  const done: PlacementRow = {
    ...known,
    state: 'PLACED',
    attempts: known.attempts + (isNews ? 1 : 0),
    failures: 0,
    lastError: null,
    dueAt: addMs(work.now, LOOKED_AT_AFTER_MINUTES * MINUTE_MS),
    placedAt: isNews ? work.now : known.placedAt,
  };
  await savePlacement(work.tx, done);
  if (!isNews) return;
  await target.whenPlaced?.(work, done);
  for (const request of await requestsThatAwait(work.tx, done)) await grantWhenReady(work, request, targets);
}

/** What was there is not there any more: the next revision says the same, and is carried out like any other. */
async function placeAnew(work: LicensesWork, { revision, ...key }: PlacementRow, found: number): Promise<void> {
  const known = await placementForUpdate(work.tx, key);
  if (known?.revision !== revision) return;
  const lost = known.state === 'PLACED' ? 'It was lost there.' : known.lastError;
  const next = Math.max(revision, found) + 1;
  await savePlacement(work.tx, { ...known, revision: next, state: 'WANTED', attempts: 0, failures: 0, lastError: lost });
  await enqueuePlacement(work, key);
}

/** It did not come about: a later round tries it again, and the orders that wait for it hear why. */
async function failed(work: LicensesWork, { revision, ...key }: PlacementRow, fault: unknown): Promise<void> {
  const known = await placementForUpdate(work.tx, key);
  if (known?.revision !== revision || known.state === 'REFUSED') return;
  const isDeclined = fault instanceof Declined;
  const message = fault instanceof Error ? fault.message : String(fault);
  const failures = known.failures + 1;
  const dueAt = addMs(work.now, waitAfter(failures));
  const attempts = known.attempts + (known.state === 'WANTED' ? 1 : 0);
  const state = isDeclined ? 'REFUSED' : known.state;
  await savePlacement(work.tx, { ...known, state, attempts, failures, lastError: message, dueAt });
  for (const { orderId, accountId, attempt } of await requestsThatAwait(work.tx, known)) {
    const failure = {
      step: 'LICENSE',
      code: isDeclined ? 'TARGET_DECLINED' : 'TARGET_UNAVAILABLE',
      message,
      isRetryable: !isDeclined,
    } as const;
    work.announce('StepFailed.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, ...failure });
  }
}
