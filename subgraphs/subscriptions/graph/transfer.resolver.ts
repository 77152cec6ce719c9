import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { transferNamespace } from '../actions/transferNamespace';
import { subscriptionById } from '../store/subscriptions';
import type { SubscriptionsContext } from './context';
import { TransferNamespaceInput } from './inputs';
import { TransferNamespacePayload } from './payloads';

@Resolver()
export class TransferResolver {
  @Mutation(() => TransferNamespacePayload, {
    nullable: true,
    description: 'Moves a subscription to another namespace of the same billing account, with a reason.',
  })
  async transferNamespace(
    @Arg('input', () => TransferNamespaceInput, { description: 'The subscription, and where it goes.' }) input: TransferNamespaceInput,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const request = { operation: 'transferNamespace', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(request, work => transferNamespace(work, ctx.viewer, input));
    return answer(ctx, result, async ({ subscriptionId, namespaceId, added }) => {
      const subscription = await ctx.load(subscriptionById, subscriptionId);
      const planned = isDryRun && added ? { version: added.number, namespaceId, added } : {};
      return { subscription: subscription && { ...subscription, ...planned } };
    });
  }
}
