import type { NamespaceId, SubscriptionId } from '#kernel/ids';
import { type Money, type MoneyText, moneyOf } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { includes, later, type PlainDate, period } from '#kernel/time';
import type { Channel, DealType } from './catalog';
import { AHEAD_DAYS_MAX, BACKDATED_DAYS_MAX, SELF_SERVICE_TERM_MONTHS_MAX } from './policy';
import { dayWithin } from './request';
import type { SellingEntity } from './tax';

/** A charge as the subscription's own house announced it. */
export interface ChargeInForce {
  readonly sku: string;
  readonly kind: string;
  readonly quantity: number;
  readonly unitPrice: MoneyText;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** A subscription that an order adds to: what is in force, and how it was sold. */
export interface Agreement {
  readonly id: SubscriptionId;
  readonly name: string;
  readonly status: string;
  readonly planSku: string;
  readonly planName: string;
  readonly planTier: string;
  readonly planDeployment: string;
  readonly termStartsOn: PlainDate;
  readonly termEndsOn: PlainDate;
  readonly termMonths: number;
  readonly isAutoRenew: boolean;
  readonly namespaceId: NamespaceId | null;
  readonly charges: readonly ChargeInForce[];
  readonly sellingEntity: SellingEntity;
  readonly dealType: DealType;
}

/** Seats at a date: the sum of all base charges in force on it, never only the first line. */
export const seatsOn = (agreement: Pick<Agreement, 'charges'>, on: PlainDate): number =>
  baseChargesOn(agreement, on).reduce((seats, charge) => seats + charge.quantity, 0);

/**
 * What one more seat costs for a year: the price agreed for the newest base charge in force, in the base's currency
 * (P6; policy: added seats keep the price of the agreement, whatever the list says today). Null without such a charge.
 */
export function seatPriceOn(agreement: Pick<Agreement, 'charges'>, on: PlainDate): Money | null {
  const newest = baseChargesOn(agreement, on).at(-1);
  return newest ? moneyOf(newest.unitPrice) : null;
}

/** P4: whether this subscription may be added to through this channel. Buyers do not change resold or longer terms. */
export function mayAdd(agreement: Agreement, channel: Channel, path: readonly string[]) {
  const at = { path: [...path, 'subscriptionName'] };
  if (agreement.status !== 'ACTIVE' && agreement.status !== 'PENDING') {
    return refuse('SUBSCRIPTION_NOT_ACTIVE', 'Only a subscription in force can be added to.', at);
  }
  if (channel !== 'WEB_DIRECT') return accept(agreement);
  if (agreement.dealType === 'RESALE') {
    return refuse('RESALE_NEEDS_RESELLER', 'This subscription was sold by a reseller: please ask them for the addition.', at);
  }
  if (agreement.termMonths > SELF_SERVICE_TERM_MONTHS_MAX) {
    return refuse('MULTI_YEAR_NEEDS_SALES', 'A subscription of more than one year is changed by our sales team.', at);
  }
  return accept(agreement);
}

/** The first day of an addition: the day wanted, or today, or the term's first day when it has not begun. Within the term. */
export function additionDay(agreement: Agreement, wanted: PlainDate | null, today: PlainDate, path: readonly string[]) {
  const on = dayWithin(wanted ?? later(today, agreement.termStartsOn), today, [...path, 'effectiveOn'], {
    backDaysMax: BACKDATED_DAYS_MAX,
    aheadDaysMax: wanted ? AHEAD_DAYS_MAX : Number.POSITIVE_INFINITY,
  });
  if (!on.ok) return on;
  if (includes(period(agreement.termStartsOn, agreement.termEndsOn), on.value)) return on;
  const term = `from ${agreement.termStartsOn} until before ${agreement.termEndsOn}`;
  return refuse('EFFECTIVE_DATE_OUT_OF_RANGE', `An addition starts within the term: ${term}.`, { path: [...path, 'effectiveOn'] });
}

const baseChargesOn = ({ charges }: Pick<Agreement, 'charges'>, on: PlainDate): readonly ChargeInForce[] =>
  charges.filter(charge => charge.kind === 'BASE' && includes(charge, on));
