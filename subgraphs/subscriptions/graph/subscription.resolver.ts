import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount } from '#kernel/auth/viewer';
import { ConnectionArgs, connectionOfAll, idKey, textKey } from '#kernel/graph/connection';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import { answer } from '#kernel/graph/user-error';
import { type Instant, includes } from '#kernel/time';
import { setAutoRenew } from '../actions/setAutoRenew';
import { chargesAfter, seatsOn } from '../domain/charge';
import { autoRenewal, nextCharge } from '../domain/renewal';
import { newest, statusOn } from '../domain/subscription';
import { accountCopyById } from '../store/accounts';
import { namespaceById } from '../store/namespaces';
import { rampOfSubscription } from '../store/ramp-steps';
import { reconciliationsOfSubscription } from '../store/reconciliations';
import { newestCardOf, renewalAttemptsOfSubscription } from '../store/renewals';
import { chargesOfSubscription, subscriptionById, subscriptionByName } from '../store/subscriptions';
import type { ChargeRow } from '../store/tables';
import { BillingAccount } from './billing-account';
import type { SubscriptionsContext } from './context';
import { SetAutoRenewInput } from './inputs';
import { Namespace } from './namespace';
import { Partner } from './partner';
import { SetAutoRenewPayload } from './payloads';
import { agreementOn, dayAsked, planOfVersion, type SubscriptionSource, versionsOf } from './reading';
import { Reconciliation } from './reconciliation';
import { RenewalAttempt } from './renewal-attempt';
import {
  AutoRenewalView,
  LifecycleStatusEnum,
  NextChargeView,
  PlanAtRenewalView,
  Subscription,
  SubscriptionPlan,
  SubscriptionRampStep,
  SubscriptionTerm,
} from './subscription';
import { SubscriptionChargeConnection, SubscriptionVersionConnection } from './subscription-version';

type Asked = Instant | null | undefined;
const AS_OF = 'On the day of this moment, in UTC; today, when it is not said.';

@Resolver(() => Subscription)
export class SubscriptionResolver {
  @Query(() => Subscription, { nullable: true, description: 'The subscription of that name.' })
  async subscription(@Arg('name', () => ID, { description: 'Its name: `A-S00012345`.' }) name: string, @Ctx() ctx: SubscriptionsContext) {
    const subscription = await ctx.load(subscriptionByName, name);
    return subscription && canSeeAccount(ctx.viewer, subscription.accountId) ? subscription : null;
  }

  @FieldResolver(() => LifecycleStatusEnum, { description: 'How it stands on a day.' })
  async status(
    @Root() source: SubscriptionSource,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf: Asked,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const on = dayAsked(ctx, asOf);
    return statusOn(await agreementOn(ctx, source, on), on);
  }

  @FieldResolver(() => Int, { description: 'The seats in force on a day: the sum of all that were bought for it.' })
  async seats(
    @Root() source: SubscriptionSource,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf: Asked,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    return seatsOn(chargesAfter(await ctx.load(chargesOfSubscription, source.id)), dayAsked(ctx, asOf));
  }

  @FieldResolver(() => SubscriptionPlan, { description: 'What it gives on a day; before its first day, what it will give.' })
  async plan(
    @Root() source: SubscriptionSource,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf: Asked,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    return planOfVersion(await agreementOn(ctx, source, dayAsked(ctx, asOf)));
  }

  @FieldResolver(() => SubscriptionTerm, { description: 'Its term on a day; before its first day, the one to come.' })
  async term(
    @Root() source: SubscriptionSource,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf: Asked,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    return (await agreementOn(ctx, source, dayAsked(ctx, asOf))).term;
  }

  @FieldResolver(() => [SubscriptionRampStep], { description: 'The further years of a ramp, with their seats. Empty when it is none.' })
  ramp(@Root() { id }: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    return ctx.load(rampOfSubscription, id);
  }

  @FieldResolver(() => AutoRenewalView, { description: 'Whether it renews by itself, and if not why.' })
  async autoRenew(@Root() source: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    const { renewal } = await renewalOf(ctx, source);
    return renewal;
  }

  @FieldResolver(() => NextChargeView, {
    nullable: true,
    description: 'What will be charged without anybody acting. Null when nothing will.',
  })
  async nextCharge(@Root() source: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    const { agreement, renewal } = await renewalOf(ctx, source);
    return nextCharge(agreement, renewal, chargesAfter(await ctx.load(chargesOfSubscription, source.id)));
  }

  @FieldResolver(() => PlainDateScalar, {
    nullable: true,
    description: 'The day from which on it is cancelled, where that was agreed ahead. Null otherwise.',
  })
  async cancelsOn(@Root() source: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    return newest(await versionsOf(ctx, source))?.cancelsOn ?? null;
  }

  @FieldResolver(() => PlanAtRenewalView, {
    nullable: true,
    description: 'What its next renewal is for, where that is not what is in force.',
  })
  async planAtRenewal(@Root() source: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    const kept = newest(await versionsOf(ctx, source))?.planAtRenewal;
    return kept ? { plan: kept, seats: kept.seats } : null;
  }

  @FieldResolver(() => SubscriptionVersionConnection, { description: 'Every change of it, the first one first.' })
  async versions(
    @Root() source: SubscriptionSource,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'Only what was written by this moment.' }) asOf: Asked,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const versions = await versionsOf(ctx, source);
    const written = asOf ? versions.filter(version => version.createdAt <= asOf) : versions;
    return connectionOfAll(args, written, { key: textKey, cursorOf: version => String(version.number) });
  }

  @FieldResolver(() => SubscriptionChargeConnection, { description: 'What is paid for it, in the sequence in which it was added.' })
  async charges(
    @Root() source: SubscriptionSource,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'Only what is in force on the day of this moment.' }) asOf: Asked,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const charges = chargesAfter(await ctx.load(chargesOfSubscription, source.id));
    const inForce = asOf ? charges.filter(charge => includes(charge, dayAsked(ctx, asOf))) : charges;
    return connectionOfAll(args, inForce, { key: idKey('charge'), cursorOf: (charge: ChargeRow) => charge.id });
  }

  @FieldResolver(() => [Reconciliation], { description: 'What came of each quarter that was looked at, the newest first.' })
  async reconciliations(@Root() { id }: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    return ctx.load(reconciliationsOfSubscription, id);
  }

  @FieldResolver(() => [RenewalAttempt], { description: 'What came of the last day of each of its terms, the newest first.' })
  async renewalAttempts(@Root() { id }: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    return ctx.load(renewalAttemptsOfSubscription, id);
  }

  @FieldResolver(() => Namespace, { nullable: true, description: 'The group that it is for. Null for a self-managed one.' })
  namespace(@Root() { namespaceId }: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    return namespaceId && ctx.load(namespaceById, namespaceId);
  }

  @FieldResolver(() => Partner, { nullable: true, description: 'The partner who sells it. Null for one that we sell ourselves.' })
  resalePartner(@Root() { resalePartnerId }: SubscriptionSource): Partner | null {
    return resalePartnerId && { id: resalePartnerId };
  }

  @FieldResolver(() => BillingAccount, { nullable: true, description: 'Who pays for it.' })
  billingAccount(@Root() { accountId }: SubscriptionSource): BillingAccount {
    return { id: accountId };
  }

  @Mutation(() => SetAutoRenewPayload, { nullable: true, description: 'Says whether a subscription shall renew by itself.' })
  async setAutoRenew(
    @Arg('input', () => SetAutoRenewInput, { description: 'The wish.' }) input: SetAutoRenewInput,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const request = { operation: 'setAutoRenew', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(request, work => setAutoRenew(work, ctx.viewer, input));
    return answer(ctx, result, async ({ subscriptionId, added }) => {
      const subscription = await ctx.load(subscriptionById, subscriptionId);
      const planned = isDryRun && added ? { version: added.number, added } : {};
      return { subscription: subscription && { ...subscription, ...planned } };
    });
  }
}

async function renewalOf(ctx: SubscriptionsContext, source: SubscriptionSource) {
  const today = dayAsked(ctx, null);
  // A renewal that is agreed already is not foretold again: what comes next is the one after it.
  const { term, planAtRenewal } = newest(await versionsOf(ctx, source)) ?? {};
  const inForce = await agreementOn(ctx, source, today);
  const agreement = { ...inForce, term: term ?? inForce.term, planAtRenewal: planAtRenewal ?? null };
  const [account, card, reconciliations] = await Promise.all([
    ctx.load(accountCopyById, source.accountId),
    ctx.load(newestCardOf, source.accountId),
    ctx.load(reconciliationsOfSubscription, source.id),
  ]);
  const quarters = reconciliations.filter(one => one.termId === agreement.term.id);
  const { dealType, licenseKind } = source;
  const facts = { account, dealType, licenseKind, quarters, cardEndsOn: card?.endsOn ?? null };
  return { agreement, renewal: autoRenewal(agreement, facts, today) };
}
