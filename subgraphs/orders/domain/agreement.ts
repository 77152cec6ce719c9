import type { Id, NamespaceId, SubscriptionId } from '#kernel/ids';
import { type Currency, type Money, type MoneyText, moneyOf, sum, times } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { includes, later, type PlainDate, period } from '#kernel/time';
import type { Channel, DealType } from './catalog';
import type { History } from './history';
import { AHEAD_DAYS_MAX, BACKDATED_DAYS_MAX, SELF_SERVICE_TERM_MONTHS_MAX } from './policy';
import { dayWithin } from './request';
import type { SellingEntity } from './tax';

/** A charge as the subscription's own house announced it. */
export interface ChargeInForce {
  /** Copies that were made before charges could end early have no id. */
  readonly chargeId?: Id<'charge'>;
  readonly sku: string;
  readonly kind: string;
  readonly quantity: number;
  readonly unitPrice: MoneyText;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** What was counted of a term, as subscriptions told. */
export interface TermCount {
  readonly usersMax: number;
  readonly isReconciled: boolean;
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
  /** What the next renewal is for, where that was agreed. */
  readonly planAtRenewal: PlanAtRenewal | null;
  readonly sellingEntity: SellingEntity;
  readonly dealType: DealType;
  readonly history: History;
  /** What was counted of the running term; null where nothing was. */
  readonly counted?: TermCount | null;
}

/** A plan that is kept for the renewal; the seats of then, where no number was said. */
export interface PlanAtRenewal {
  readonly sku: string;
  readonly name: string;
  readonly tier: string;
  readonly deployment: string;
  readonly seats: number | null;
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
  if (!isOpen(agreement)) return refuse('SUBSCRIPTION_NOT_ACTIVE', 'Only a subscription in force can be added to.', at);
  if (agreement.history.isAmending) {
    return refuse('SUBSCRIPTION_CHANGING', 'Another order is changing this subscription: please try again in a moment.', {
      ...at,
      retryable: true,
    });
  }
  if (agreement.history.renewedTerm) {
    return refuse('RENEWAL_PLACED', `The next term is agreed: please add from ${agreement.termEndsOn} on, when it has begun.`, at);
  }
  return mayChange(agreement, channel, path);
}

/** P4: whether a subscription may be changed through this channel, whatever is changed. */
export function mayChange(agreement: Agreement, channel: Channel, path: readonly string[]) {
  const at = { path: [...path, 'subscriptionName'] };
  if (channel !== 'WEB_DIRECT') return accept(agreement);
  if (agreement.dealType === 'RESALE') {
    return refuse('RESALE_NEEDS_RESELLER', 'This subscription was sold by a reseller: please ask them for the addition.', at);
  }
  if (agreement.termMonths > SELF_SERVICE_TERM_MONTHS_MAX) {
    return refuse('MULTI_YEAR_NEEDS_SALES', 'A subscription of more than one year is changed by our sales team.', at);
  }
  return accept(agreement);
}

/** True while something may still be agreed about a subscription; whether its term is over is told by the calendar. */
export const isOpen = ({ status, history }: Pick<Agreement, 'status' | 'history'>): boolean =>
  (status === 'ACTIVE' || status === 'PENDING') && !history.isEnded;

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

/** What a year of the seats in force on a day comes to: quantity × annual price, each charge at its own price. */
export function annualPriceOn(agreement: Pick<Agreement, 'charges'>, on: PlainDate, currency: Currency): Money {
  return sum(
    baseChargesOn(agreement, on).map(charge => times(moneyOf(charge.unitPrice), BigInt(charge.quantity))),
    currency,
  );
}

const baseChargesOn = ({ charges }: Pick<Agreement, 'charges'>, on: PlainDate): readonly ChargeInForce[] =>
  charges.filter(charge => charge.kind === 'BASE' && includes(charge, on));
