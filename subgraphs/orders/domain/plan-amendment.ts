import { compare, displayOf, type Money, money, moneyOf, negate, share, times } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addMonths, daysBetween, later, monthsBetween, type Period, type PlainDate, period } from '#kernel/time';
import { type Agreement, type ChargeInForce, isOpen, mayChange } from './agreement';
import { type CatalogItem, PRODUCT_KINDS, type ProductKind } from './catalog';
import type { SoldLine } from './history';
import type { Amendment, PlannedAction, PlannedChange, PlannedPart, PricedLine } from './plan';
import { YEAR_DAYS, YEAR_MONTHS } from './policy';
import { type ActionKind, type AmendmentRequest, pathOf } from './request';
import type { Situation } from './situation';

/** An amendment's subscription, where it may be changed now: it is open, no other order is changing it, and the channel fits. */
export function openToAmend(action: AmendmentRequest, position: number, { agreements, channel }: Situation) {
  const path = pathOf(action, position);
  const at = { path: [...path, 'subscriptionName'] };
  const agreement = agreements.get(action.subscriptionName);
  if (!agreement) return refuse('SUBSCRIPTION_NOT_FOUND', 'No such subscription.', at);
  const isPaused = agreement.status === 'SUSPENDED' && !agreement.history.isEnded;
  if (!isOpen(agreement) && !(isPaused && WHILE_SUSPENDED.includes(action.kind))) {
    return refuse('SUBSCRIPTION_NOT_ACTIVE', isPaused ? 'This subscription is suspended.' : 'This subscription has been ended.', at);
  }
  if (channel === 'WEB_DIRECT' && STAFF_ONLY.includes(action.kind)) {
    return refuse('NEEDS_SUPPORT', 'A subscription is suspended and resumed by our support team.', at);
  }
  if (agreement.history.isChanging) {
    return refuse('SUBSCRIPTION_CHANGING', 'Another order is changing this subscription: please try again in a moment.', {
      ...at,
      retryable: true,
    });
  }
  const open = mayChange(agreement, ANY_TERM.includes(action.kind) ? 'SALES_ASSISTED' : channel, path);
  if (!open.ok) return open;
  if (agreement.dealType === 'RESALE' && channel === 'WEB_DIRECT') {
    return refuse('RESALE_NEEDS_RESELLER', 'This subscription was sold by a reseller: please ask them.', at);
  }
  return accept({ agreement, path });
}

/** What can be done to a subscription while it is suspended. */
const WHILE_SUSPENDED: readonly ActionKind[] = ['CANCEL', 'RESUME'];
/** What nobody does to a subscription of their own. */
const STAFF_ONLY: readonly ActionKind[] = ['SUSPEND', 'RESUME'];
/** What buyers do themselves whatever the length of the term. */
const ANY_TERM: readonly ActionKind[] = ['RENEW', 'CANCEL', 'TRANSFER_OWNER'];

/** What an amendment leaves of a subscription: its plan, its term and its seats as they will stand in the order. */
export interface Amended {
  readonly sku: string;
  readonly quantity: number;
  readonly effectiveOn: PlainDate;
  readonly plan: Pick<CatalogItem, 'sku' | 'name'> & { readonly tier: string; readonly deployment: string };
  readonly term: Period & { readonly months: number };
  readonly isAutoRenew: boolean;
  readonly amendment: Partial<Amendment>;
}

/** The planned part of an amendment. */
export function partOf(
  { kind }: AmendmentRequest,
  position: number,
  agreement: Agreement,
  { newId, account }: Situation,
  amended: Amended,
  lines: readonly PricedLine[],
  changes: readonly PlannedChange[],
): PlannedPart {
  const { sku, quantity, effectiveOn, plan, term, isAutoRenew } = amended;
  const action: PlannedAction = {
    id: newId('orderAction'),
    position,
    kind,
    subscriptionId: agreement.id,
    subscriptionName: agreement.name,
    sku,
    quantity,
    effectiveOn,
    planSku: plan.sku,
    planName: plan.name,
    planTier: plan.tier,
    planDeployment: plan.deployment,
    termStartsOn: term.startsOn,
    termEndsOn: term.endsOn,
    termMonths: term.months,
    isAutoRenew,
    namespaceId: agreement.namespaceId,
    amendment: { reason: null, ends: null, pricedOn: null, atRenewal: null, ...amended.amendment },
  };
  const currency = currencyOf(agreement) ?? account.currency;
  return { action, lines, changes, currency, sellingEntity: agreement.sellingEntity, dealType: agreement.dealType };
}

/** The currency that a subscription is charged in (P6); null while it has no charge. */
export const currencyOf = ({ charges }: Pick<Agreement, 'charges'>) => charges[0]?.unitPrice.currency ?? null;

/** The plan that a subscription has now. */
export const planNow = ({ planSku: sku, planName: name, planTier: tier, planDeployment: deployment }: Agreement) => ({
  sku,
  name,
  tier,
  deployment,
});

/** The term that a copy shows. */
export const runningTerm = ({ termStartsOn, termEndsOn, termMonths }: Agreement) => ({
  ...period(termStartsOn, termEndsOn),
  months: termMonths,
});

/**
 * P3: what the unused days of a charge are worth, as a negative amount: what was paid for it × days left ÷ days paid, rounded
 * once, half up. What was paid is read from our own line; for a charge without one it is counted as P1 counts, so that the
 * credit never exceeds it.
 */
export function creditForDaysLeft(charge: ChargeInForce, from: PlainDate, lines: readonly SoldLine[], name: string): PricedLine | null {
  const left = period(later(from, charge.startsOn), charge.endsOn);
  const days = daysBetween(left.startsOn, left.endsOn);
  const unitPrice = moneyOf(charge.unitPrice);
  const line = charge.chargeId ? lines.find(sold => sold.chargeId === charge.chargeId && sold.amountMinor > 0n) : undefined;
  const paid = line ? money(line.amountMinor, unitPrice.currency) : paidAtMost(charge, unitPrice);
  const paidDays = line ? daysBetween(line.periodStartsOn, line.periodEndsOn) : daysBetween(charge.startsOn, charge.endsOn);
  const amount = negate(share(paid, BigInt(days), BigInt(paidDays), 'HALF_UP'));
  if (days <= 0 || amount.minor === 0n) return null;
  return {
    sku: charge.sku,
    kind: kindOf(charge),
    model: 'RECURRING',
    description: `${name}, unused days`,
    quantity: charge.quantity,
    unitPrice,
    priced: {
      amount,
      days,
      working: `−${displayOf(paid)} paid for ${paidDays} days × ${days} ÷ ${paidDays} days left = ${displayOf(amount)}`,
    },
    period: left,
    credits: {
      chargeId: charge.chargeId ?? null,
      invoiceId: line?.invoiceId ?? null,
      lineId: line?.id ?? null,
    },
  };
}

/** The least that a charge can have cost: by its days or, where it runs for whole months, by those. */
function paidAtMost({ quantity, startsOn, endsOn }: ChargeInForce, unitPrice: Money): Money {
  const year = times(unitPrice, BigInt(quantity));
  const byDays = share(year, BigInt(daysBetween(startsOn, endsOn)), BigInt(YEAR_DAYS), 'HALF_UP');
  const months = monthsBetween(startsOn, endsOn);
  const byMonths = share(year, BigInt(months), BigInt(YEAR_MONTHS), 'HALF_UP');
  return addMonths(startsOn, months) === endsOn && compare(byMonths, byDays) < 0 ? byMonths : byDays;
}

/** What a charge is for; one of a kind that we do not know is counted as something beside the plan. */
export const kindOf = ({ kind }: Pick<ChargeInForce, 'kind'>): ProductKind => PRODUCT_KINDS.find(known => known === kind) ?? 'ADD_ON';
