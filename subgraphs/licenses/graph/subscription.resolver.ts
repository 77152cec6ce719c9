import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { overageOf } from '../domain/seats';
import { activationBySubscription } from '../store/activations';
import { deliveriesBySubscription } from '../store/deliveries';
import { LICENSES_MAX, licensesBySubscription } from '../store/licenses';
import { seatAlertBySubscription } from '../store/seat-alerts';
import { seatUsageBySubscription, USAGE_DAYS_MAX } from '../store/seat-reports';
import type { ActivationRow, DeliveryRow, LicenseRow, SeatAlertRow, SubscriptionCopy } from '../store/tables';
import { firstOf } from './bounds';
import { CloudActivation } from './cloud-activation';
import type { LicensesContext } from './context';
import { License, LicenseDelivery } from './license';
import { SeatAlert, SeatUsage, Subscription } from './subscription';

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

  @FieldResolver(() => [LicenseDelivery], {
    nullable: true,
    description: 'The mails about it to the Sold-To contact, the newest first; at most 20.',
  })
  async deliveries(@Root() subscription: SubscriptionCopy, @Ctx() ctx: LicensesContext): Promise<readonly DeliveryRow[]> {
    const deliveries = await ctx.load(deliveriesBySubscription, subscription.id);
    return deliveries.filter(delivery => delivery.accountId === subscription.accountId);
  }

  @FieldResolver(() => SeatAlert, { nullable: true, description: 'The last time that its seats ran out. Null when they never did.' })
  seatAlert(@Root() subscription: SubscriptionCopy, @Ctx() ctx: LicensesContext): Promise<SeatAlertRow | null> {
    return ctx.load(seatAlertBySubscription, subscription.id);
  }
}
