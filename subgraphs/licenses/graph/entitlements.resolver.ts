import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { canSeeAccount, hasRole } from '#kernel/auth/viewer';
import { DateTime } from '#kernel/graph/scalars';
import { answer } from '#kernel/graph/user-error';
import { isId, type NamespaceId } from '#kernel/ids';
import { day, dayOf, type Instant, type PlainDate } from '#kernel/time';
import { reportComputeUsage } from '../actions/reportComputeUsage';
import { computeOn } from '../domain/compute';
import { entitledOn } from '../domain/entitlement';
import { minutesOf, namespaceCopyById, standingOf, subscriptionOfInstance, versionsOfSubscription } from '../store/entitlements';
import { subscriptionById } from '../store/subscriptions';
import type { EntitlingVersionRow } from '../store/tables';
import type { LicensesContext } from './context';
import { Entitlements } from './entitlements';
import { ReportComputeUsagePayload } from './payloads';
import { ReportComputeUsageInput } from './support-inputs';

@Resolver()
export class EntitlementsResolver {
  @Query(() => Entitlements, {
    nullable: true,
    description: 'What a namespace, a subscription or an instance has, and why. Null when there is none that you may see.',
  })
  async entitlements(
    @Arg('target', () => ID, { description: 'The id of a namespace, of a subscription or of an instance.' }) target: string,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'On the day of this moment, in UTC; today, when it is not said.' })
    asOf: Instant | null | undefined,
    @Ctx() ctx: LicensesContext,
  ): Promise<Entitlements | null> {
    const on = dayOf(asOf ?? ctx.now);
    if (isId('namespace', target)) return ofNamespace(ctx, target, on);
    const id = isId('instance', target) ? await subscriptionOfInstance(ctx.db, target) : isId('subscription', target) ? target : null;
    const subscription = id && (await ctx.load(subscriptionById, id));
    if (!subscription || !maySee(ctx, subscription.accountId)) return null;
    return { ...entitledOn(await versionsOfSubscription(ctx.db, subscription.id), on), compute: null };
  }

  @Mutation(() => ReportComputeUsagePayload, {
    nullable: true,
    description: 'Adds compute minutes that a namespace has used on a day. For the hosted product.',
  })
  async reportComputeUsage(
    @Arg('input', () => ReportComputeUsageInput, { description: 'The minutes.' }) input: ReportComputeUsageInput,
    @Ctx() ctx: LicensesContext,
  ) {
    const write = { operation: 'reportComputeUsage', key: input.idempotencyKey, request: input, isDryRun: input.dryRun ?? false };
    const result = await ctx.write(write, work => reportComputeUsage(work, input));
    return answer(ctx, result, async ({ namespaceId }) => ({ entitlements: await ofNamespace(ctx, namespaceId, dayOf(ctx.now)) }));
  }
}

async function ofNamespace(ctx: LicensesContext, id: NamespaceId, on: PlainDate): Promise<Entitlements | null> {
  const namespace = await ctx.load(namespaceCopyById, id);
  if (!namespace || !maySee(ctx, namespace.accountId)) return null;
  const { versions, trial } = await standingOf(ctx.db, id);
  const days = await minutesOf(ctx.db, id, firstDayThatCounts(versions, on), on);
  return { ...entitledOn(versions, on, trial), compute: computeOn(versions, days, on, trial) };
}

/** Packs are used up from their first month on; what was used before that month says nothing about what is left. */
function firstDayThatCounts(versions: readonly EntitlingVersionRow[], on: PlainDate): PlainDate {
  const packs = versions.flatMap(version => version.charges.filter(charge => charge.kind === 'COMPUTE' && on < charge.endsOn));
  const first = packs.map(pack => pack.startsOn).toSorted()[0] ?? on;
  return day(`${(first < on ? first : on).slice(0, 7)}-01`);
}

const maySee = ({ viewer }: LicensesContext, accountId: Parameters<typeof canSeeAccount>[1]): boolean =>
  hasRole(viewer, 'SERVICE') || canSeeAccount(viewer, accountId);
