import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount } from '#kernel/auth/viewer';
import { DateTime } from '#kernel/graph/scalars';
import { answer } from '#kernel/graph/user-error';
import { isId } from '#kernel/ids';
import type { Instant, PlainDate } from '#kernel/time';
import { registerNamespace } from '../actions/registerNamespace';
import { reportNamespaceUsage } from '../actions/reportNamespaceUsage';
import { chargesAfter, seatsOn } from '../domain/charge';
import { planOn, seatsOwed } from '../domain/namespace';
import { statusOn } from '../domain/subscription';
import { namespaceById, usageOfNamespace } from '../store/namespaces';
import { basesOfNamespace, chargesOfSubscription } from '../store/subscriptions';
import { BillingAccount } from './billing-account';
import type { SubscriptionsContext } from './context';
import { RegisterNamespaceInput, ReportNamespaceUsageInput } from './inputs';
import { Namespace } from './namespace';
import { RegisterNamespacePayload, ReportNamespaceUsagePayload } from './payloads';
import { agreementOn, dayAsked, type NamespaceSource } from './reading';
import { Subscription } from './subscription';

@Resolver(() => Namespace)
export class NamespaceResolver {
  @Query(() => Namespace, { nullable: true, description: 'The namespace of that id.' })
  async namespace(@Arg('id', () => ID, { description: 'Its global id.' }) id: string, @Ctx() ctx: SubscriptionsContext) {
    const namespace = isId('namespace', id) ? await ctx.load(namespaceById, id) : null;
    return namespace && canSeeAccount(ctx.viewer, namespace.accountId) ? namespace : null;
  }

  @FieldResolver(() => String, { description: 'Its plan on a day: the tier of the subscription in force, or `FREE`.' })
  async plan(
    @Root() source: NamespaceSource,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'On the day of this moment, in UTC; today, when it is not said.' })
    asOf: Instant | null | undefined,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const on = dayAsked(ctx, asOf);
    const bases = await basesOn(ctx, source, on);
    return planOn(
      bases.map(base => base.agreement),
      on,
    );
  }

  @FieldResolver(() => Int, { description: 'Users that take a seat, as they were last counted.' })
  async seatsInUse(@Root() source: NamespaceSource, @Ctx() ctx: SubscriptionsContext) {
    return (await usageOf(ctx, source))?.seatsInUse ?? 0;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When its users were last counted. Null before the first time.' })
  async usageMeasuredAt(@Root() source: NamespaceSource, @Ctx() ctx: SubscriptionsContext) {
    return (await usageOf(ctx, source))?.measuredAt ?? null;
  }

  @FieldResolver(() => Int, { description: 'Users beyond the seats in force.' })
  async seatsOwed(@Root() source: NamespaceSource, @Ctx() ctx: SubscriptionsContext) {
    const today = dayAsked(ctx, null);
    const [usage, inForce] = await Promise.all([usageOf(ctx, source), inForceOn(ctx, source, today)]);
    const seats = inForce ? seatsOn(chargesAfter(await ctx.load(chargesOfSubscription, inForce.id)), today) : 0;
    return seatsOwed(usage?.seatsInUse ?? 0, seats);
  }

  @FieldResolver(() => Subscription, { nullable: true, description: 'The subscription in force that gives it its plan and seats.' })
  subscription(@Root() source: NamespaceSource, @Ctx() ctx: SubscriptionsContext) {
    return inForceOn(ctx, source, dayAsked(ctx, null));
  }

  @FieldResolver(() => BillingAccount, { nullable: true, description: 'Who pays for it.' })
  billingAccount(@Root() { accountId }: NamespaceSource): BillingAccount {
    return { id: accountId };
  }

  @Mutation(() => RegisterNamespacePayload, {
    nullable: true,
    description: 'Makes a group known, so that subscriptions can be bought for it.',
  })
  async registerNamespace(
    @Arg('input', () => RegisterNamespaceInput, { description: 'The group.' }) input: RegisterNamespaceInput,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const request = { operation: 'registerNamespace', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(request, work => registerNamespace(work, ctx.viewer, input));
    return answer(ctx, result, async ({ namespace }) => ({
      namespace: isDryRun ? namespace : await ctx.load(namespaceById, namespace.id),
    }));
  }

  @Mutation(() => ReportNamespaceUsagePayload, {
    nullable: true,
    description: 'Keeps how many users a namespace has. For the hosted product.',
  })
  async reportNamespaceUsage(
    @Arg('input', () => ReportNamespaceUsageInput, { description: 'The count.' }) input: ReportNamespaceUsageInput,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const request = { operation: 'reportNamespaceUsage', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(request, work => reportNamespaceUsage(work, input));
    return answer(ctx, result, async ({ namespace, usage }) => ({
      namespace: isDryRun ? { ...namespace, measured: usage } : await ctx.load(namespaceById, namespace.id),
    }));
  }
}

/** What was measured last; a measurement that is only tried out counts when it would be the last. */
async function usageOf(ctx: SubscriptionsContext, { id, measured }: NamespaceSource) {
  const kept = await ctx.load(usageOfNamespace, id);
  return measured && (!kept || measured.measuredAt >= kept.measuredAt) ? measured : kept;
}

async function basesOn(ctx: SubscriptionsContext, { id }: NamespaceSource, on: PlainDate) {
  const bases = await ctx.load(basesOfNamespace, id);
  return Promise.all(bases.map(async ({ subscription }) => ({ subscription, agreement: await agreementOn(ctx, subscription, on) })));
}

async function inForceOn(ctx: SubscriptionsContext, source: NamespaceSource, on: PlainDate) {
  const bases = await basesOn(ctx, source, on);
  return bases.find(base => statusOn(base.agreement, on) === 'ACTIVE')?.subscription ?? null;
}
