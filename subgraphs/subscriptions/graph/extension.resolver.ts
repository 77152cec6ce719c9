import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { grantTemporaryExtension } from '../actions/grantTemporaryExtension';
import { extensionsOfSubscription, trialOfSubscription } from '../store/trials';
import type { SubscriptionsContext } from './context';
import { GrantTemporaryExtensionInput } from './inputs';
import { GrantTemporaryExtensionPayload } from './payloads';
import { dayAsked, type SubscriptionSource } from './reading';
import { Subscription } from './subscription';
import { TemporaryExtension, Trial } from './trial';

@Resolver(() => Subscription)
export class ExtensionResolver {
  @FieldResolver(() => TemporaryExtension, {
    nullable: true,
    description: "Until when its term's end is put off, granted so that its renewal can be arranged. Null when it is not.",
  })
  async temporaryExtension(@Root() { id }: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    const newest = (await ctx.load(extensionsOfSubscription, id)).at(-1);
    return newest && newest.endsOn > dayAsked(ctx, null) ? newest : null;
  }

  @FieldResolver(() => Trial, { nullable: true, description: 'The trial that it was before it was bought. Null when there was none.' })
  trial(@Root() { id }: SubscriptionSource, @Ctx() ctx: SubscriptionsContext) {
    return ctx.load(trialOfSubscription, id);
  }

  @Mutation(() => GrantTemporaryExtensionPayload, {
    nullable: true,
    description: "Puts a term's end off by 21 days, so that its renewal can be arranged: once for each renewal, with a reason.",
  })
  async grantTemporaryExtension(
    @Arg('input', () => GrantTemporaryExtensionInput, { description: 'Whose, and why.' }) input: GrantTemporaryExtensionInput,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const request = { operation: 'grantTemporaryExtension', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(request, async work => {
      const granted = await grantTemporaryExtension(work, ctx.viewer, input);
      if (!granted.ok) return granted;
      const { endsOn, grantedAt } = granted.value.extension;
      return { ok: true as const, value: { endsOn, grantedAt: grantedAt.toISOString() } };
    });
    return answer(ctx, result, ({ endsOn, grantedAt }) => ({ extension: { endsOn, grantedAt: new Date(grantedAt) } }));
  }
}
