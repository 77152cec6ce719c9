import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from '../domain/subscription';
import { countOfSubscriptions, pageKey, pageOfSubscriptions } from '../store/subscription-pages';
import type { SubscriptionRow } from '../store/tables';
import { BillingAccount, SubscriptionWhereInput } from './billing-account';
import type { SubscriptionsContext } from './context';
import { dayAsked } from './reading';
import { SubscriptionConnection } from './subscription';

@Resolver(() => BillingAccount)
export class BillingAccountResolver {
  @FieldResolver(() => SubscriptionConnection, { nullable: true, description: 'Its subscriptions, the newest first.' })
  subscriptions(
    @Root() { id }: BillingAccount,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('where', () => SubscriptionWhereInput, { nullable: true, description: 'Which ones; all, when it is not said.' })
    where: SubscriptionWhereInput | null | undefined,
    @Ctx() ctx: SubscriptionsContext,
  ) {
    const wanted = { statuses: statusesOf(where), on: dayAsked(ctx, null) };
    return connectionOf(args, {
      key: idKey('subscription'),
      cursorOf: (subscription: SubscriptionRow) => subscription.id,
      rows: (limit, after) => ctx.load(pageOfSubscriptions, pageKey(id, { ...wanted, limit, after })),
      count: () => ctx.load(countOfSubscriptions, pageKey(id, wanted)),
    });
  }
}

/** The statuses that pass every condition; null when there is none to pass. */
function statusesOf(where: SubscriptionWhereInput | null | undefined): readonly SubscriptionStatus[] | null {
  const { eq, in: oneOf } = where?.status ?? {};
  if (!eq && !oneOf) return null;
  return SUBSCRIPTION_STATUSES.filter(status => (!eq || status === eq) && (!oneOf || oneOf.includes(status)));
}
