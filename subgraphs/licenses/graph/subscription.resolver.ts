import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { overageOf } from '../domain/seats';
import { activationBySubscription } from '../store/activations';
import { LICENSES_MAX, licensesBySubscription } from '../store/licenses';
import { seatUsageBySubscription, USAGE_DAYS_MAX } from '../store/seat-reports';
import type { ActivationRow, LicenseRow, SubscriptionCopy } from '../store/tables';
import { firstOf } from './bounds';
import { CloudActivation } from './cloud-activation';
import type { LicensesContext } from './context';
import { License } from './license';
import { SeatUsage, Subscription } from './subscription';

@Resolver(() => Subscription)
export class SubscriptionResolver {
  @FieldResolver(() => CloudActivation, {
    nullable: true,
    description: 'The code that activates instances. Null when the subscription is not self-managed, or not set up yet.',
  })
  async activation(@Root() subscription: SubscriptionCopy, @Ctx() ctx: LicensesContext): Promise<ActivationRow | null> {
    const activation = await ctx.load(activationBySubscription, subscription.id);
    return activation?.accountId === subscription.accountId ? activation : null;
  }

  @FieldResolver(() => [License], { nullable: true, description: 'Its signed licences, the newest first.' })
  async licenses(
    @Root() subscription: SubscriptionCopy,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many to answer: 1 to 100.' }) first: number,
    @Ctx() ctx: LicensesContext,
  ): Promise<readonly LicenseRow[]> {
    const licenses = await ctx.load(licensesBySubscription, subscription.id);
    return firstOf(
      licenses.filter(license => license.accountId === subscription.accountId),
      'first',
      first,
      LICENSES_MAX,
    );
  }

  @FieldResolver(() => [SeatUsage], { nullable: true, description: 'Seats used by its instances day by day, the latest day first.' })
  async seatUsage(
    @Root() subscription: SubscriptionCopy,
    @Arg('last', () => Int, { defaultValue: 30, description: 'How many days with a report to answer: 1 to 90.' }) last: number,
    @Ctx() ctx: LicensesContext,
  ): Promise<readonly SeatUsage[]> {
    const days = firstOf(await ctx.load(seatUsageBySubscription, subscription.id), 'last', last, USAGE_DAYS_MAX);
    return days.map(({ on, billable, usersMax, seats }) => ({ on, billable, max: usersMax, seats, overage: overageOf(usersMax, seats) }));
  }
}
