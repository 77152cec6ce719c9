import { Arg, Args, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, connectionOfAll, dayAndIdKey, textKey } from '#kernel/graph/connection';
import { CurrencyCode } from '#kernel/graph/scalars';
import { addDays, dayOf } from '#kernel/time';
import { type Offer, offersOf } from '../actions/offers-of-partner';
import type { DealKind } from '../domain/margin';
import { renewalsOf, soldSubscriptionNamed } from '../store/partner-orders';
import { agreementsOfPartner } from '../store/program';
import type { AgreementRow, PartnerRow, SoldSubscriptionRow } from '../store/tables';
import { isPartyOf, ownPartner, type PartnersContext } from './context';
import { Partner } from './partner';
import { PartnerDealKindEnum, PartnerLicenseStatus, PartnerOfferConnection, PartnerRenewalConnection } from './partner-order';
import { PartnerAgreement } from './program';

/** How far ahead renewals are looked for at most. */
const DAYS_MAX = 1_830;

@Resolver(() => Partner)
export class SalesResolver {
  @Query(() => PartnerOfferConnection, { nullable: true, description: 'What you may sell today, at your own price, by SKU.' })
  async partnerOffers(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('currency', () => CurrencyCode, { nullable: true, description: 'The currency of one of your agreements. Absent: the newest.' })
    currency: string | null,
    @Arg('dealKind', () => PartnerDealKindEnum, { nullable: true, description: 'How you sell it. Absent: as you usually do.' })
    dealKind: DealKind | null,
    @Ctx() ctx: PartnersContext,
  ) {
    const asked = { currency: currency ?? null, dealKind: dealKind ?? null };
    const offers = await offersOf({ tx: ctx.db, today: dayOf(ctx.now) }, ownPartner(ctx), asked);
    return connectionOfAll(args, offers, { key: textKey, cursorOf: (offer: Offer) => offer.sku });
  }

  @Query(() => PartnerRenewalConnection, {
    nullable: true,
    description: 'Subscriptions that you sold and whose terms end soon, the first to end first.',
  })
  partnerRenewals(
    @Arg('days', () => Int, { description: 'Within how many days from today: 0 to 1830.' }) days: number,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() ctx: PartnersContext,
  ) {
    const today = dayOf(ctx.now);
    const stretch = { from: today, until: addDays(today, Math.min(Math.max(days, 0), DAYS_MAX) + 1) };
    return connectionOf(args, {
      key: dayAndIdKey('subscription'),
      cursorOf: ({ endsOn, id }: SoldSubscriptionRow & { readonly subscriptionName: string }) => ({ on: endsOn, id }),
      rows: async (limit, after) => {
        const rows = await renewalsOf(ctx.db, ownPartner(ctx), stretch, limit, after);
        return rows.map(row => ({ ...row, subscriptionName: row.name }));
      },
    });
  }

  @Query(() => PartnerLicenseStatus, { nullable: true, description: 'How the licence of a subscription that you sold stands.' })
  async partnerLicenseStatus(
    @Arg('subscriptionName', () => String, { description: 'The subscription.' }) subscriptionName: string,
    @Ctx() ctx: PartnersContext,
  ): Promise<PartnerLicenseStatus | null> {
    const sold = await soldSubscriptionNamed(ctx.db, subscriptionName);
    if (!sold || !isPartyOf(ctx.viewer, sold)) return null;
    const { status, seats, endsOn, isLicenseDelivered: isDelivered } = sold;
    return { subscriptionName: sold.name, status, seats, endsOn, isDelivered };
  }

  @Directive('@listSize(assumedSize: 2)')
  @FieldResolver(() => [PartnerAgreement], { description: 'What was agreed with it, the newest first.' })
  agreements(@Root() partner: PartnerRow, @Ctx() ctx: PartnersContext): Promise<readonly AgreementRow[]> {
    return ctx.load(agreementsOfPartner, partner.id);
  }
}
