import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { accept } from '#kernel/result';
import { resumeSubscription } from '../actions/resumeSubscription';
import { suspendSubscription } from '../actions/suspendSubscription';
import { transferOwner } from '../actions/transferOwner';
import { ResumeSubscriptionInput, SuspendSubscriptionInput, TransferOwnerInput } from './amendment-inputs';
import type { OrdersContext } from './context';
import { ResumeSubscriptionPayload, SuspendSubscriptionPayload, TransferOwnerPayload } from './payloads';
import { buyingOf } from './requests';
import { sourceOf, writeOrder } from './write-order';

@Resolver()
export class AgreementResolver {
  @Mutation(() => SuspendSubscriptionPayload, { nullable: true, description: 'Pauses a subscription from today on. Its term runs on.' })
  async suspendSubscription(
    @Arg('input', () => SuspendSubscriptionInput, { description: 'Which one, and why.' }) input: SuspendSubscriptionInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<SuspendSubscriptionPayload> {
    const { subscriptionName, reason } = input;
    const result = await writeOrder(ctx, 'suspendSubscription', input, async work => {
      const placed = await suspendSubscription(work, { subscriptionName, reason }, buyingOf(ctx));
      return placed.ok ? accept(sourceOf(placed.value)) : placed;
    });
    return answer(ctx, result, order => ({ order }));
  }

  @Mutation(() => ResumeSubscriptionPayload, { nullable: true, description: 'Ends a pause, from today on.' })
  async resumeSubscription(
    @Arg('input', () => ResumeSubscriptionInput, { description: 'Which one.' }) input: ResumeSubscriptionInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<ResumeSubscriptionPayload> {
    const { subscriptionName } = input;
    const result = await writeOrder(ctx, 'resumeSubscription', input, async work => {
      const placed = await resumeSubscription(work, { subscriptionName }, buyingOf(ctx));
      return placed.ok ? accept(sourceOf(placed.value)) : placed;
    });
    return answer(ctx, result, order => ({ order }));
  }

  @Mutation(() => TransferOwnerPayload, {
    nullable: true,
    description: 'Hands a subscription to another account, with its name, licence and namespace. Nothing is charged.',
  })
  async transferOwner(
    @Arg('input', () => TransferOwnerInput, { description: 'Which one, and to whom.' }) input: TransferOwnerInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<TransferOwnerPayload> {
    const { subscriptionName, toBillingAccountId } = input;
    const result = await writeOrder(ctx, 'transferOwner', input, async work => {
      const placed = await transferOwner(work, { subscriptionName, toBillingAccountId, effectiveOn: null }, buyingOf(ctx));
      return placed.ok ? accept(sourceOf(placed.value)) : placed;
    });
    return answer(ctx, result, order => ({ order }));
  }
}
