import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount, hasRole } from '#kernel/auth/viewer';
import { isId } from '#kernel/ids';
import { dayOf } from '#kernel/time';
import { type LicenseStatus, statusOf } from '../domain/license';
import { deliveriesBySubscription } from '../store/deliveries';
import { licenseById } from '../store/licenses';
import type { DeliveryRow, LicenseRow } from '../store/tables';
import type { LicensesContext } from './context';
import { License, LicenseDelivery, LifecycleStatusEnum } from './license';
import { canSeeCodes } from './visibility';

@Resolver(() => License)
export class LicenseResolver {
  @Query(() => License, { nullable: true, description: 'A licence of an account that you may see.' })
  async license(
    @Arg('id', () => ID, { description: 'The id of the licence.' }) id: string,
    @Ctx() ctx: LicensesContext,
  ): Promise<LicenseRow | null> {
    const license = isId('license', id) ? await ctx.load(licenseById, id) : null;
    return license && canSeeAccount(ctx.viewer, license.accountId) ? license : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The signed text that an instance installs and verifies. Only for the owner, support and the instance itself.',
  })
  key(@Root() license: LicenseRow, @Ctx() { viewer }: LicensesContext): string | null {
    // An instance comes here through its own activation and its own sync only.
    return canSeeCodes(viewer, license.accountId) || hasRole(viewer, 'INSTANCE') ? license.key : null;
  }

  @FieldResolver(() => LifecycleStatusEnum, { description: 'Where it stands today.' })
  status(@Root() license: LicenseRow, @Ctx() { now }: LicensesContext): LicenseStatus {
    return statusOf(license, dayOf(now));
  }

  @FieldResolver(() => [LicenseDelivery], { description: 'The newest mails about its subscription, at most 20. Empty for an instance.' })
  async deliveries(@Root() license: LicenseRow, @Ctx() ctx: LicensesContext): Promise<readonly DeliveryRow[]> {
    if (!canSeeAccount(ctx.viewer, license.accountId)) return [];
    const deliveries = await ctx.load(deliveriesBySubscription, license.subscriptionId);
    return deliveries.filter(delivery => delivery.accountId === license.accountId);
  }
}
