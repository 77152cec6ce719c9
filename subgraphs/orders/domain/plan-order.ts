import { isId } from '#kernel/ids';
import { add, displayOf, isNegative, isZero, type Money, money, moneyFromDecimal, negate } from '#kernel/money';
import type { Refusal } from '#kernel/result';
import { accept, type Result, refuse } from '#kernel/result';
import { addDays, type PlainDate } from '#kernel/time';
import { bookingMetrics } from './booking-metrics';
import { lessAmount } from './discount';
import { grantsSomething } from './handing-over';
import { mayBeInvoiced } from './payment';
import type { OrderPlan, PlannedChange, PlannedLine, PlannedPart, PricedLine } from './plan';
import { planProduct, planSeats } from './plan-addition';
import { planCancellation } from './plan-cancellation';
import { planChange, planRemoval } from './plan-change';
import { planResumption, planSuspension } from './plan-pause';
import { planRenewal } from './plan-renewal';
import { planSubscription } from './plan-subscription';
import { planTerms } from './plan-terms';
import { planTransfer } from './plan-transfer';
import type { OrderRefusal } from './refusals';
import { type ActionRequest, type PurchaseRequest, pathOf } from './request';
import type { Situation } from './situation';
import { type TaxRule, taxOn, taxRuleFor } from './tax';

type Planned<T> = Result<T, Refusal<OrderRefusal>>;

/**
 * Decides a whole purchase that is well formed: prices and taxes each line, and writes down what will change. Preview and
 * order are this one function, so they cannot differ (P9); the houses that carry the plan out compute no price again.
 */
export function planOrder(request: PurchaseRequest, situation: Situation): Planned<OrderPlan> {
  const planned = planActions(request.actions, situation);
  if (!planned.ok) return planned;
  const parts = lessAmount(planned.value, request.quoted?.amountOff ?? null);
  if (!parts.ok) return parts;
  const single = oneSale(parts.value);
  if (!single.ok) return single;

  const { currency, sellingEntity, dealType } = single.value;
  const rule = taxRuleFor(sellingEntity, situation.account);
  const lines = parts.value.flatMap(part => part.lines.map(line => plannedLine(part, line, rule, situation)));
  const numbered = lines.map((line, position) => ({ ...line, position }));
  const subtotal = money(
    lines.reduce((all, line) => all + line.amountMinor, 0n),
    currency,
  );
  const tax = money(
    lines.reduce((all, line) => all + line.taxMinor, 0n),
    currency,
  );
  const total = add(subtotal, tax);
  const seen = asExpected(request.expectedTotal, total);
  if (!seen.ok) return seen;
  const payable = mayBePaid(request, situation.account, lines, total);
  if (!payable.ok) return payable;
  const isOwed = total.minor > 0n;
  const { paymentMethodId } = request;

  return accept({
    currency,
    sellingEntity,
    dealType,
    paymentMethodId: isOwed && paymentMethodId && isId('paymentMethod', paymentMethodId) ? paymentMethodId : null,
    subtotalMinor: subtotal.minor,
    taxMinor: tax.minor,
    totalMinor: total.minor,
    issuedOn: situation.today,
    // A card is charged when the invoice is posted; on account terms the days are counted from the invoice.
    dueOn: request.paymentMethodId ? situation.today : addDays(situation.today, situation.account.paymentTermsDays),
    actions: parts.value.map(part => part.action),
    lines: numbered,
    metrics: bookingMetrics(parts.value, situation),
    changes: [...parts.value.flatMap(part => part.changes), ...licenseChanges(parts.value), ...paymentChanges(request, total, numbered)],
  });
}

function planActions(actions: readonly ActionRequest[], situation: Situation): Planned<readonly PlannedPart[]> {
  const parts: PlannedPart[] = [];
  for (const [position, action] of actions.entries()) {
    const part = planAction(action, position, situation, parts);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  return accept(parts);
}

/** The actions before count: seats they add are there already, and a namespace they take is taken. */
function planAction(action: ActionRequest, position: number, situation: Situation, before: readonly PlannedPart[]): Planned<PlannedPart> {
  if (isConflict(action, before)) {
    const path = [...pathOf(action, position), 'subscriptionName'];
    return refuse('ACTIONS_CONFLICT', 'One order changes a subscription once, and adds to it in another.', { path });
  }
  switch (action.kind) {
    case 'CREATE_SUBSCRIPTION':
      if (action.namespaceId && before.some(part => part.action.kind === action.kind && part.action.namespaceId === action.namespaceId)) {
        const path = ['actions', String(position), 'createSubscription', 'namespaceId'];
        return refuse('NAMESPACE_HAS_SUBSCRIPTION', 'One order brings a namespace one plan.', { path });
      }
      return planSubscription(action, position, situation);
    case 'ADD_SEATS': {
      const same = before.filter(part => part.action.kind === 'ADD_SEATS' && part.action.subscriptionName === action.subscriptionName);
      return planSeats(
        action,
        position,
        situation,
        same.reduce((seats, part) => seats + part.action.quantity, 0),
      );
    }
    case 'ADD_PRODUCT':
      return planProduct(action, position, situation);
    case 'RENEW':
      return planRenewal(action, position, situation);
    case 'CANCEL':
      return planCancellation(action, position, situation);
    case 'CHANGE_PLAN':
      return planChange(action, position, situation);
    case 'REMOVE_PRODUCT':
      return planRemoval(action, position, situation);
    case 'CHANGE_TERMS':
      return planTerms(action, position, situation);
    case 'SUSPEND':
      return planSuspension(action, position, situation);
    case 'RESUME':
      return planResumption(action, position, situation);
    case 'TRANSFER_OWNER':
      return planTransfer(action, position, situation);
  }
}

/** An amendment is priced on what is in force, so nothing else of the order may touch its subscription. */
function isConflict(action: ActionRequest, before: readonly PlannedPart[]): boolean {
  if (action.kind === 'CREATE_SUBSCRIPTION') return false;
  const same = before.filter(part => part.action.subscriptionName === action.subscriptionName);
  const isAddition = action.kind === 'ADD_SEATS' || action.kind === 'ADD_PRODUCT';
  return same.some(part => !isAddition || part.action.amendment !== null);
}

/** P6: an order is one sale: one currency, one seller, one kind of deal. */
function oneSale(parts: readonly PlannedPart[]) {
  const [first, ...rest] = parts;
  if (!first) return refuse('ACTIONS_OUT_OF_RANGE', 'An order has at least one action.', { path: ['actions'] });
  const { currency } = first;
  if (rest.some(part => part.currency !== currency)) {
    return refuse('CURRENCIES_DIFFER', 'Please order what is charged in another currency by itself.', { path: ['actions'] });
  }
  if (rest.some(part => part.sellingEntity !== first.sellingEntity || part.dealType !== first.dealType)) {
    return refuse('SELLING_ENTITIES_DIFFER', 'Please order what another company sells you by itself.', { path: ['actions'] });
  }
  return accept({ currency, sellingEntity: first.sellingEntity, dealType: first.dealType });
}

function plannedLine({ action }: PlannedPart, line: PricedLine, rule: TaxRule, { newId }: Situation): Omit<PlannedLine, 'position'> {
  const { priced, period, unitPrice, credits, invoicedOn = null, tax: taxTaken, ...rest } = line;
  const { tax, working: taxWorking } = taxTaken ?? taxOn(priced.amount, rule);
  return {
    ...rest,
    id: newId('invoiceLine'),
    actionId: action.id,
    subscriptionId: action.subscriptionId,
    chargeId: credits?.chargeId ?? newId('charge'),
    creditedInvoiceId: credits?.invoiceId ?? null,
    creditedLineId: credits?.lineId ?? null,
    unitPriceMinor: unitPrice.minor,
    days: priced.days,
    amountMinor: priced.amount.minor,
    working: priced.working,
    taxMinor: tax.minor,
    taxWorking,
    periodStartsOn: period.startsOn,
    periodEndsOn: period.endsOn,
    invoicedOn,
  };
}

/**
 * Whether an order may be paid as it asks: where nothing is owed, no card is needed and no hold stands against it. The later years of a
 * ramp are invoiced when they begin, since no card is kept in reserve for years. A quote is paid when it is bought.
 */
function mayBePaid(
  { paymentMethodId, poNumber, quoted }: PurchaseRequest,
  account: Situation['account'],
  lines: readonly Pick<PlannedLine, 'invoicedOn' | 'amountMinor'>[],
  total: Money,
) {
  const isRamp = lines.some(line => line.invoicedOn !== null);
  if (isRamp && lines.some(line => line.amountMinor < 0n)) {
    return refuse('ACTIONS_CONFLICT', 'Please order a ramp by itself: what is given back has an invoice of its own.', {
      path: ['actions'],
    });
  }
  if (isRamp && paymentMethodId) {
    return refuse('RAMP_NOT_BY_CARD', 'A ramp is invoiced year by year: please leave the card out.', { path: ['paymentMethodId'] });
  }
  return paymentMethodId || total.minor <= 0n || quoted?.isBought === false ? accept(null) : mayBeInvoiced(account, poNumber);
}

/** P9: a buyer who has seen a total pays that total, or nothing. */
function asExpected(expected: PurchaseRequest['expectedTotal'], total: Money) {
  if (!expected) return accept(total);
  const seen = moneyFromDecimal(expected.amount, expected.currency);
  if (seen?.currency === total.currency && seen.minor === total.minor) return accept(total);
  const message = `The total is ${displayOf(total)} now. Please look at it again before you buy.`;
  return refuse('PRICE_CHANGED', message, { path: ['expectedTotal'], retryable: false });
}

/** What licences will do: each subscription that is granted something is told once. */
function licenseChanges(parts: readonly PlannedPart[]): readonly PlannedChange[] {
  const granting = new Map(parts.filter(({ action }) => grantsSomething(action)).map(({ action }) => [action.subscriptionId, action]));
  return [...granting.values()].map(({ subscriptionName, position, planDeployment, planName }) => ({
    kind: 'LICENSE_GRANTED',
    subject: subscriptionName ?? `New subscription ${position + 1}`,
    field: planDeployment === 'SAAS' ? 'entitlement' : 'activationCode',
    before: null,
    after: planName,
  }));
}

function paymentChanges(
  { paymentMethodId }: PurchaseRequest,
  whole: Money,
  lines: readonly Pick<PlannedLine, 'invoicedOn' | 'amountMinor' | 'taxMinor'>[],
): readonly PlannedChange[] {
  const byDay = Map.groupBy(lines, line => line.invoicedOn);
  const totalOn = (day: PlainDate | null) =>
    money(
      (byDay.get(day) ?? []).reduce((all, line) => all + line.amountMinor + line.taxMinor, 0n),
      whole.currency,
    );
  const later = [...byDay.keys()].flatMap(day =>
    day
      ? [{ kind: 'INVOICE_PLANNED' as const, subject: `Invoice of ${day}`, field: 'total', before: null, after: displayOf(totalOn(day)) }]
      : [],
  );
  return [...presentChange(paymentMethodId, totalOn(null)), ...later];
}

function presentChange(paymentMethodId: string | null, total: Money): readonly PlannedChange[] {
  if (isZero(total)) return [];
  if (isNegative(total))
    return [{ kind: 'CREDIT_GIVEN', subject: 'Credit', field: 'total', before: null, after: displayOf(negate(total)) }];
  const after = displayOf(total);
  return paymentMethodId
    ? [{ kind: 'CARD_CHARGED', subject: 'Card', field: 'amount', before: null, after }]
    : [{ kind: 'INVOICE_POSTED', subject: 'Invoice', field: 'total', before: null, after }];
}
