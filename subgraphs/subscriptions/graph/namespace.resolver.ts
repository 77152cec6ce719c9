import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount } from '#kernel/auth/viewer';
import { DateTime } from '#kernel/graph/scalars';
import { answer } from '#kernel/graph/user-error';
import { isId } from '#kernel/ids';
import { addDays, type Instant, type PlainDate } from '#kernel/time';
import { registerNamespace } from '../actions/registerNamespace';
import { reportNamespaceUsage } from '../actions/reportNamespaceUsage';
import { chargesAfter, seatsOn } from '../domain/charge';
import { planOn, seatsOwed } from '../domain/namespace';
import { statusOn } from '../domain/subscription';
import { isTrialInForce } from '../domain/trial';
import { namespaceById, usageOfNamespace } from '../store/namespaces';
import { basesOfNamespace, chargesOfSubscription } from '../store/subscriptions';
import { extensionsOfSubscription, trialOfNamespace } from '../store/trials';
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

  @FieldResolver(() => String, { description: 'Its plan on a day: the tier of the subscription in force or of its trial, or `FREE`.' })
  async plan(
    @Root() source: NamespaceSource,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'On the day of this moment, in UTC; today, when it is not said.' })
    asOf: Instant | null | undefined,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const on = dayAsked(ctx, asOf);
    const [bases, trial] = [await basesOn(ctx, source, on), await ctx.load(trialOfNamespace, source.id)];
    return planOn(
      bases.map(base => ({ ...base.agreement, extendedUntil: base.extendedUntil })),
      on,
      trial,
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

  @FieldResolver(() => Int, { description: 'Users beyond the seats in force, those of a trial or of an extended term included.' })
  async seatsOwed(@Root() source: NamespaceSource, @Ctx() ctx: SubscriptionsContext) {
    const today = dayAsked(ctx, null);
    const [usage, granted, trial] = await Promise.all([
      usageOf(ctx, source),
      grantedOn(ctx, source, today),
      ctx.load(trialOfNamespace, source.id),
    ]);
    const paid = granted ? seatsOn(chargesAfter(await ctx.load(chargesOfSubscription, granted.subscription.id)), granted.seatDay) : 0;
    const tried = trial && isTrialInForce(trial, today) ? trial.seats : 0;
    return seatsOwed(usage?.seatsInUse ?? 0, Math.max(paid, tried));
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
  return Promise.all(
    bases.map(async ({ subscription }) => {
      const agreement = await agreementOn(ctx, subscription, on);
      const extensions = agreement.term.endsOn <= on ? await ctx.load(extensionsOfSubscription, subscription.id) : [];
      return { subscription, agreement, extendedUntil: extensions.find(({ termId }) => termId === agreement.termId)?.endsOn ?? null };
    }),
  );
}

async function inForceOn(ctx: SubscriptionsContext, source: NamespaceSource, on: PlainDate) {
  const bases = await basesOn(ctx, source, on);
  return bases.find(base => statusOn(base.agreement, on) === 'ACTIVE')?.subscription ?? null;
}

/** The subscription that gives seats on a day: the one in force, or one whose end was put off, with the seats of its last day. */
async function grantedOn(ctx: SubscriptionsContext, source: NamespaceSource, on: PlainDate) {
  const bases = await basesOn(ctx, source, on);
  const inForce = bases.find(base => statusOn(base.agreement, on) === 'ACTIVE');
  if (inForce) return { subscription: inForce.subscription, seatDay: on };
  const extended = bases.find(({ extendedUntil }) => extendedUntil !== null && on < extendedUntil);
  return extended ? { subscription: extended.subscription, seatDay: addDays(extended.agreement.term.endsOn, -1) } : null;
}
