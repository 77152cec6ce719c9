import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { startTrial } from '../actions/startTrial';
import { statusOn } from '../domain/subscription';
import { offerTrial, trialStatusOn } from '../domain/trial';
import { namespaceById } from '../store/namespaces';
import { basesOfNamespace, subscriptionById } from '../store/subscriptions';
import type { TrialRow } from '../store/tables';
import { trialOfNamespace, triedOnSubscription } from '../store/trials';
import type { SubscriptionsContext } from './context';
import { StartTrialInput } from './inputs';
import { Namespace } from './namespace';
import { StartTrialPayload } from './payloads';
import { agreementOn, dayAsked, type NamespaceSource } from './reading';
import { Subscription } from './subscription';
import { NamespaceEligibility, Trial, TrialStatusEnum } from './trial';

@Resolver(() => Trial)
export class TrialResolver {
  @FieldResolver(() => TrialStatusEnum, { description: 'How it stands today.' })
  status(@Root() trial: TrialRow, @Ctx() ctx: SubscriptionsContext) {
    return trialStatusOn(trial, dayAsked(ctx, null));
  }

  @FieldResolver(() => Namespace, { nullable: true, description: 'The namespace that tries it.' })
  namespace(@Root() { namespaceId }: TrialRow, @Ctx() ctx: SubscriptionsContext) {
    return ctx.load(namespaceById, namespaceId);
  }

  @FieldResolver(() => Subscription, { nullable: true, description: 'The subscription that it became. Null when nothing was bought.' })
  subscription(@Root() { subscriptionId }: TrialRow, @Ctx() ctx: SubscriptionsContext) {
    return subscriptionId && ctx.load(subscriptionById, subscriptionId);
  }

  @Mutation(() => StartTrialPayload, {
    nullable: true,
    description: 'Starts the trial of a namespace: 30 days, or 60 where it has a paid plan.',
  })
  async startTrial(
    @Arg('input', () => StartTrialInput, { description: 'What is to be tried.' }) input: StartTrialInput,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const request = { operation: 'startTrial', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(request, async work => {
      const started = await startTrial(work, ctx.viewer, input);
      return started.ok ? { ok: true as const, value: { trial: plain(started.value.trial) } } : started;
    });
    return answer(ctx, result, ({ trial }) => ({ trial: { ...trial, expiryToldAt: null, createdAt: new Date(trial.createdAt) } }));
  }
}

/** The answer is kept with its key as plain JSON, in which a moment is text. */
const plain = ({ createdAt, expiryToldAt: _never, ...trial }: TrialRow) => ({ ...trial, createdAt: createdAt.toISOString() });

@Resolver(() => Namespace)
export class TrialOfNamespaceResolver {
  @FieldResolver(() => Trial, { nullable: true, description: 'Its trial. Null when it never had one.' })
  trial(@Root() { id }: NamespaceSource, @Ctx() ctx: SubscriptionsContext) {
    return ctx.load(trialOfNamespace, id);
  }

  @Directive('@shareable')
  @FieldResolver(() => NamespaceEligibility, { nullable: true, description: 'What it may have.' })
  async eligibility(@Root() { id }: NamespaceSource, @Ctx() ctx: SubscriptionsContext): Promise<NamespaceEligibility> {
    const today = dayAsked(ctx, null);
    const bases = await ctx.load(basesOfNamespace, id);
    const agreements = await Promise.all(bases.map(({ subscription }) => agreementOn(ctx, subscription, today)));
    const paid = agreements.find(agreement => statusOn(agreement, today) === 'ACTIVE');
    const had = (await ctx.load(trialOfNamespace, id)) ?? (paid && (await ctx.load(triedOnSubscription, paid.subscriptionId)));
    return { trial: offerTrial({ paidTier: paid?.tier ?? null, hadTrial: had != null }) };
  }
}
