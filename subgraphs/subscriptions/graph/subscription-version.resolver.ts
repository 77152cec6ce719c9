import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { chargesAfter, seatsOn } from '../domain/charge';
import { type Comparable, differences } from '../domain/difference';
import { namespaceById } from '../store/namespaces';
import { chargesOfSubscription, type HeldCharge, type Version, versionsOfSubscription } from '../store/subscriptions';
import type { SubscriptionsContext } from './context';
import { Namespace } from './namespace';
import { Order } from './order';
import { planOfVersion } from './reading';
import { SubscriptionPlan, SubscriptionTerm } from './subscription';
import { SubscriptionCharge, SubscriptionDifference, SubscriptionVersion } from './subscription-version';

@Resolver(() => SubscriptionVersion)
export class SubscriptionVersionResolver {
  @FieldResolver(() => SubscriptionPlan, { description: 'What it gives.' })
  plan(@Root() version: Version): SubscriptionPlan {
    return planOfVersion(version);
  }

  @FieldResolver(() => SubscriptionTerm, { description: 'The term that it speaks of.' })
  term(@Root() version: Version): SubscriptionTerm {
    return version.term;
  }

  @FieldResolver(() => Int, { description: 'The seats on the first day for which it speaks.' })
  async seats(@Root() version: Version, @Ctx() ctx: SubscriptionsContext) {
    return seatsAfter(version.number, version, await ctx.load(chargesOfSubscription, version.subscriptionId));
  }

  @FieldResolver(() => [SubscriptionCharge], { description: 'The charges that it added.' })
  async charges(@Root() version: Version, @Ctx() ctx: SubscriptionsContext) {
    const charges = await ctx.load(chargesOfSubscription, version.subscriptionId);
    return charges.filter(charge => charge.versionNumber === version.number);
  }

  @FieldResolver(() => [SubscriptionDifference], { description: 'What it changed of the version before it, thing by thing.' })
  async changes(@Root() version: Version, @Ctx() ctx: SubscriptionsContext) {
    const charges = await ctx.load(chargesOfSubscription, version.subscriptionId);
    const before = (await ctx.load(versionsOfSubscription, version.subscriptionId)).find(other => other.number === version.number - 1);
    // Both are counted on the day of the later one: otherwise seats that begin on a day would look like a change of it.
    const comparable = (one: Version): Comparable => ({ ...one, seats: seatsAfter(one.number, version, charges) });
    return differences(before ? comparable(before) : null, comparable(version));
  }

  @FieldResolver(() => Namespace, { nullable: true, description: 'The group that it is for.' })
  namespace(@Root() { namespaceId }: Version, @Ctx() ctx: SubscriptionsContext) {
    return namespaceId && ctx.load(namespaceById, namespaceId);
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order that asked for it. Null where nothing was bought.' })
  order(@Root() { orderId }: Version): Order | null {
    return orderId && { id: orderId };
  }
}

/** The seats that all versions up to this number give on a version's first day. */
const seatsAfter = (number: number, { effectiveOn }: Version, charges: readonly HeldCharge[]): number =>
  seatsOn(chargesAfter(charges, number), effectiveOn);
