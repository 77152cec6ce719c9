import type { LicenseRequested } from '../../orders/events/published';
import { isReady } from '../domain/grant';
import type { LicensesEvents } from '../events/published';
import { lockAccount } from '../store/accounts';
import { requestOf, saveAwaits, saveGranted, saveRequest } from '../store/requests';
import { arrivedWith, subscriptionCopyOf } from '../store/subscriptions';
import type { LicenseRequestRow } from '../store/tables';
import { type FulfilmentTarget, type Grant, type LicensesWork, targetFor } from './targets/target';
import { want } from './targets/want';

/** Takes a request for licences; it is granted now, or as soon as its subscriptions have arrived and what is outside is there. */
export async function grantLicenses(work: LicensesWork, requested: LicenseRequested, targets: readonly FulfilmentTarget[]): Promise<void> {
  const { accountId, orderId, orderNumber, attempt } = requested;
  await lockAccount(work.tx, accountId);
  const known = await requestOf(work.tx, accountId, orderId);
  if (known && attempt <= known.attempt) return;

  const grants = requested.grants.map(({ subscriptionId, deployment }) => ({ subscriptionId, deployment }));
  const asked = { accountId, orderId, orderNumber, attempt, state: 'WAITING', grants } as const;
  const request: LicenseRequestRow = { ...asked, awaits: [], requestedAt: work.now, grantedAt: null };
  await saveRequest(work.tx, request);
  await grantWhenReady(work, request, targets);
}

/** Grants a waiting request, and tells orders, once everything it is about is known here and placed outside. The account is held. */
export async function grantWhenReady(work: LicensesWork, request: LicenseRequestRow, targets: readonly FulfilmentTarget[]): Promise<void> {
  const { accountId, orderId, attempt } = request;
  if (!isReady(request.grants, await arrivedWith(work.tx, accountId, orderId))) return;

  const given: Given[] = [];
  for (const { subscriptionId } of request.grants) given.push(await giveOne(work, request, subscriptionId, targets));
  const awaits = given.flatMap(one => one.awaits);
  if (awaits.length > 0) return saveAwaits(work.tx, request, awaits);
  await saveGranted(work.tx, request, work.now);
  const grants = given.map(({ told }) => told);
  work.announce('LicensesGranted.v1', { subject: orderId, accountId }, { orderId, accountId, attempt, grants });
}

interface Given {
  readonly told: LicensesEvents['LicensesGranted.v1']['grants'][number];
  /** What is not there yet, as `target/key`. */
  readonly awaits: readonly string[];
}

async function giveOne(
  work: LicensesWork,
  { accountId }: LicenseRequestRow,
  subscriptionId: LicenseRequestRow['grants'][number]['subscriptionId'],
  targets: readonly FulfilmentTarget[],
): Promise<Given> {
  const subscription = await subscriptionCopyOf(work.tx, accountId, subscriptionId);
  if (!subscription) throw new Error(`${subscriptionId} has arrived and is not known.`);
  const target = await targetFor(work, targets, subscription);
  const grant: Grant = await target.grant(work, subscription);
  const awaits: string[] = [];
  for (const key of grant.awaits ?? []) {
    if (!(await want(work, target, { accountId, target: target.kind, key }))) awaits.push(`${target.kind}/${key}`);
  }
  return { told: { subscriptionId, kind: target.kind, activationId: grant.activationId ?? null, detail: grant.detail }, awaits };
}
