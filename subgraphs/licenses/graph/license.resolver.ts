import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { canSeeAccount, hasRole, isStaff } from '#kernel/auth/viewer';
import { isId } from '#kernel/ids';
import { dayOf } from '#kernel/time';
import { isFile, type LicenseStatus, statusOf, usersAtInstallationMax } from '../domain/license';
import { deliveriesBySubscription } from '../store/deliveries';
import { licenseById, revocationOf } from '../store/licenses';
import type { DeliveryRow, LicenseRow, RevocationRow } from '../store/tables';
import type { LicensesContext } from './context';
import { License, LicenseDelivery, LicenseRevocation } from './license';
import { LifecycleStatusEnum } from './license-enums';
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
  async status(@Root() license: LicenseRow, @Ctx() ctx: LicensesContext): Promise<LicenseStatus> {
    return (await ctx.load(revocationOf, license.id)) ? 'REVOKED' : statusOf(license, dayOf(ctx.now));
  }

  @FieldResolver(() => LicenseRevocation, { nullable: true, description: 'When and why it was taken back. Null when it was not.' })
  revocation(@Root() license: LicenseRow, @Ctx() ctx: LicensesContext): Promise<RevocationRow | null> {
    return ctx.load(revocationOf, license.id);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'The most users with which this file may be installed: 10 % above its seats. Null where nobody counts, online.',
  })
  usersAtInstallationMax(@Root() { kind, seats }: LicenseRow): number | null {
    return isFile(kind) ? usersAtInstallationMax(seats) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The ticket for which support issued it. For staff.' })
  ticket(@Root() license: LicenseRow, @Ctx() { viewer }: LicensesContext): string | null {
    return isStaff(viewer) ? license.ticket : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why support issued it. For staff.' })
  reason(@Root() license: LicenseRow, @Ctx() { viewer }: LicensesContext): string | null {
    return isStaff(viewer) ? license.reason : null;
  }

  @FieldResolver(() => [LicenseDelivery], { description: 'The newest mails about its subscription, at most 20. Empty for an instance.' })
  async deliveries(@Root() license: LicenseRow, @Ctx() ctx: LicensesContext): Promise<readonly DeliveryRow[]> {
    if (!canSeeAccount(ctx.viewer, license.accountId)) return [];
    const deliveries = await ctx.load(deliveriesBySubscription, license.subscriptionId);
    return deliveries.filter(delivery => delivery.accountId === license.accountId);
  }
}

@Resolver(() => LicenseDelivery)
export class LicenseDeliveryResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'What it said, word for word, once it was sent. Only for the owner and support: it may hold an activation code.',
  })
  text(@Root() delivery: DeliveryRow, @Ctx() { viewer }: LicensesContext): string | null {
    return canSeeCodes(viewer, delivery.accountId) ? delivery.body : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why support asked for it. For staff.' })
  reason(@Root() delivery: DeliveryRow, @Ctx() { viewer }: LicensesContext): string | null {
    return isStaff(viewer) ? delivery.reason : null;
  }
}
