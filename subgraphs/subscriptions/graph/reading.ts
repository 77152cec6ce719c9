import { dayOf, type Instant, type PlainDate } from '#kernel/time';
import { newest, versionOn } from '../domain/subscription';
import { type Version, versionsOfSubscription } from '../store/subscriptions';
import type { NamespaceRow, NamespaceUsageRow, SubscriptionRow } from '../store/tables';
import type { SubscriptionsContext } from './context';

/** A subscription to answer; in a dry run with the version that would have been added. */
export interface SubscriptionSource extends SubscriptionRow {
  readonly added?: Version | null;
}

/** A namespace to answer; in a dry run with the measurement that would have been kept. */
export interface NamespaceSource extends NamespaceRow {
  readonly measured?: NamespaceUsageRow | null;
}

/** The day of a question: of the moment it names, else of now. */
export const dayAsked = (ctx: SubscriptionsContext, asOf: Instant | null | undefined): PlainDate => dayOf(asOf ?? ctx.now);

/** All versions of a subscription, the first one first. */
export async function versionsOf(ctx: SubscriptionsContext, { id, added }: SubscriptionSource): Promise<readonly Version[]> {
  const kept = await ctx.load(versionsOfSubscription, id);
  return added ? [...kept, added] : kept;
}

/** The version that speaks for a day, with the renewal wish of the newest one. */
export async function agreementOn(ctx: SubscriptionsContext, source: SubscriptionSource, on: PlainDate): Promise<Version> {
  const versions = await versionsOf(ctx, source);
  const version = versionOn(versions, on);
  if (!version) throw new Error(`The subscription ${source.id} has no version.`);
  return { ...version, isAutoRenew: newest(versions)?.isAutoRenew ?? version.isAutoRenew };
}

/** The plan that a version speaks of. */
export const planOfVersion = ({ sku, planName: name, tier, deployment }: Version) => ({ sku, name, tier, deployment });
