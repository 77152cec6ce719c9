import { displayOf, money, negate, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addDays, includes, later, type Period, type PlainDate, period } from '#kernel/time';
import { type Agreement, seatsOn } from './agreement';
import type { SoldLine } from './history';
import type { PricedLine } from './plan';
import { currencyOf, openToAmend, partOf, planNow, runningTerm } from './plan-amendment';
import { REASON_LENGTH_MAX, REFUND_DAYS_MAX } from './policy';
import type { Cancel } from './request';
import type { Situation } from './situation';

/**
 * P8: plans an end. With the money back, the last term that was bought is undone: within 45 days of its purchase, from today
 * or its first day on, and everything that was paid for it is given back. Without, the subscription ends with its term.
 */
export function planCancellation(action: Cancel, position: number, situation: Situation) {
  const open = openToAmend(action, position, situation);
  if (!open.ok) return open;
  const { agreement, path } = open.value;
  const term = agreement.history.renewedTerm ?? runningTerm(agreement);
  const on = action.isRefunded ? later(situation.today, term.startsOn) : term.endsOn;
  if (action.effectiveOn && action.effectiveOn !== on) {
    const message = action.isRefunded ? `A refunded subscription ends on ${on}.` : `Without a refund, it ends with its term on ${on}.`;
    return refuse('EFFECTIVE_DATE_OUT_OF_RANGE', message, { path: [...path, 'effectiveOn'] });
  }
  if (situation.today >= term.endsOn) {
    return refuse('SUBSCRIPTION_NOT_ACTIVE', 'The term of this subscription is over.', { path: [...path, 'subscriptionName'] });
  }
  const lines = action.isRefunded ? refundOf(agreement, term, situation.today, path) : accept([]);
  if (!lines.ok) return lines;

  const seats = seatsOn(agreement, includes(runningTerm(agreement), situation.today) ? situation.today : agreement.termStartsOn);
  const amended = {
    sku: agreement.planSku,
    quantity: seats,
    effectiveOn: on,
    plan: planNow(agreement),
    term,
    isAutoRenew: false,
    amendment: {
      reason: action.reason?.trim().slice(0, REASON_LENGTH_MAX) || null,
      ends: action.isRefunded ? { on, skus: null } : null,
      // Seats that are added in the meantime were paid, and would end without their money back.
      ...(action.isRefunded && on === situation.today && { pricedOn: { sku: agreement.planSku, seats } }),
    },
  };
  const change = (field: string, before: string | null, after: string) => ({
    kind: 'SUBSCRIPTION_CANCELLED' as const,
    subject: agreement.name,
    field,
    before,
    after,
  });
  const changes = [
    change('status', agreement.status, `CANCELLED from ${on} on`),
    ...(agreement.isAutoRenew ? [change('autoRenew', 'ON', 'OFF')] : []),
  ];
  return accept(partOf(action, position, agreement, situation, amended, lines.value, changes));
}

/**
 * What is given back of a term: for each charge what was paid less what was credited before, with its tax. Never more than
 * was paid. Refused when the term was bought more than 45 days ago, or elsewhere.
 */
export function refundOf(agreement: Agreement, term: Period, today: PlainDate, path: readonly string[]) {
  const at = { path: [...path, 'refund'] };
  const boughtOn = agreement.history.boughtOn.get(term.startsOn);
  if (!boughtOn) return refuse('NOT_REFUNDABLE', 'This term was not bought here, so its price is not ours to give back.', at);
  if (today > addDays(boughtOn, REFUND_DAYS_MAX)) {
    const message = `Bought on ${boughtOn}: a refund was possible until ${addDays(boughtOn, REFUND_DAYS_MAX)}. It can be cancelled for its term's end.`;
    return refuse('NOT_REFUNDABLE', message, at);
  }
  const ofTerm = agreement.history.lines.filter(line => line.periodStartsOn >= term.startsOn);
  const byCharge = Map.groupBy(ofTerm, line => line.chargeId);
  return accept([...byCharge.values()].flatMap(lines => refundLine(agreement, lines, boughtOn)));
}

function refundLine(agreement: Agreement, lines: readonly SoldLine[], boughtOn: PlainDate): readonly PricedLine[] {
  const currency = currencyOf(agreement);
  const charged = lines.find(line => line.amountMinor > 0n);
  if (!charged || !currency) return [];
  const amounts = lines.map(line => money(line.amountMinor, currency));
  const net = sum(amounts, currency);
  if (net.minor <= 0n) return [];
  const tax = sum(
    lines.map(line => money(line.taxMinor, currency)),
    currency,
  );
  const credited = sum(
    amounts.filter(amount => amount.minor < 0n),
    currency,
  );
  const less = credited.minor === 0n ? '' : ` less ${displayOf(negate(credited))} credited`;
  return [
    {
      sku: charged.sku,
      kind: charged.kind,
      model: charged.model,
      description: `${charged.description}, refunded`,
      quantity: charged.quantity,
      unitPrice: money(charged.unitPriceMinor, currency),
      priced: {
        amount: negate(net),
        days: null,
        working: `Bought on ${boughtOn}, within ${REFUND_DAYS_MAX} days: ${displayOf(money(charged.amountMinor, currency))} paid${less} = ${displayOf(negate(net))}`,
      },
      period: period(charged.periodStartsOn, charged.periodEndsOn),
      credits: { chargeId: charged.chargeId, invoiceId: charged.invoiceId, lineId: charged.id },
      tax: { tax: negate(tax), working: `the tax that was paid: ${displayOf(negate(tax))}` },
    },
  ];
}
