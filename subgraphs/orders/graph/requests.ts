import { canSeeAccount, isStaff } from '#kernel/auth/viewer';
import { moneyFromInput } from '#kernel/graph/money';
import type { MoneyText } from '#kernel/money';
import { moneyText } from '#kernel/money';
import { accept, type Result } from '#kernel/result';
import type { Buying } from '../actions/situation-of';
import type { ActionRequest, PurchaseRequest } from '../domain/request';
import type { OrdersContext } from './context';
import type { OrderActionInput, PlaceOrderInput } from './inputs';

/** A purchase as a client sent it, as the house understands it. Refuses a total that is no amount of money. */
export function purchaseFrom(input: PlaceOrderInput): Result<PurchaseRequest> {
  const expectedTotal = expectedFrom(input);
  if (!expectedTotal.ok) return expectedTotal;
  return accept({
    billingAccountId: input.billingAccountId,
    paymentMethodId: input.paymentMethodId ?? null,
    poNumber: input.poNumber ?? null,
    termsAccepted: input.termsAccepted ?? false,
    expectedTotal: expectedTotal.value,
    actions: input.actions.map(actionFrom),
  });
}

/** What the viewer may buy for, and the door they come through: customers buy in the web shop, staff sell. */
export const buyingOf = ({ viewer }: OrdersContext): Buying => ({
  maySee: accountId => canSeeAccount(viewer, accountId),
  channel: isStaff(viewer) ? 'SALES_ASSISTED' : 'WEB_DIRECT',
});

function expectedFrom({ expectedTotal }: PlaceOrderInput): Result<MoneyText | null> {
  if (!expectedTotal) return accept(null);
  const total = moneyFromInput(expectedTotal, ['expectedTotal']);
  return total.ok ? accept(moneyText(total.value)) : total;
}

export function actionFrom(input: OrderActionInput): ActionRequest {
  const { createSubscription, addSeats, addProduct } = input;
  if (createSubscription) {
    const { sku, quantity, rampSeats, startsOn = null, termMonths, namespaceId = null, autoRenew } = createSubscription;
    return {
      kind: 'CREATE_SUBSCRIPTION',
      sku,
      quantity,
      ...(rampSeats && rampSeats.length > 0 && { rampSeats }),
      startsOn,
      termMonths: termMonths ?? 12,
      namespaceId,
      isAutoRenew: autoRenew ?? true,
    };
  }
  if (addSeats) {
    const { subscriptionName, quantity, effectiveOn = null } = addSeats;
    return { kind: 'ADD_SEATS', subscriptionName, quantity, effectiveOn };
  }
  if (addProduct) {
    const { subscriptionName, sku, quantity, effectiveOn = null } = addProduct;
    return { kind: 'ADD_PRODUCT', subscriptionName, sku, quantity, effectiveOn };
  }
  return amendmentFrom(input);
}

function amendmentFrom({ renew, cancel, changePlan, removeProduct, ...rest }: OrderActionInput): ActionRequest {
  if (renew) {
    const { subscriptionName, quantity = null, termMonths } = renew;
    return { kind: 'RENEW', subscriptionName, quantity, termMonths: termMonths ?? 12 };
  }
  if (cancel) {
    const { subscriptionName, effectiveOn = null, refund, reason = null } = cancel;
    return { kind: 'CANCEL', subscriptionName, effectiveOn, isRefunded: refund ?? false, reason };
  }
  if (changePlan) {
    const { subscriptionName, sku, quantity = null, effectiveOn = null } = changePlan;
    return { kind: 'CHANGE_PLAN', subscriptionName, sku, quantity, effectiveOn };
  }
  if (removeProduct) {
    const { subscriptionName, sku, effectiveOn = null } = removeProduct;
    return { kind: 'REMOVE_PRODUCT', subscriptionName, sku, effectiveOn };
  }
  return agreementChangeFrom(rest);
}

function agreementChangeFrom({ changeTerms, suspend, resume, transferOwner }: OrderActionInput): ActionRequest {
  if (changeTerms) return { kind: 'CHANGE_TERMS', ...changeTerms };
  if (suspend) return { kind: 'SUSPEND', subscriptionName: suspend.subscriptionName, reason: suspend.reason ?? null };
  if (resume) return { kind: 'RESUME', ...resume };
  if (transferOwner) {
    const { subscriptionName, toBillingAccountId, effectiveOn = null } = transferOwner;
    return { kind: 'TRANSFER_OWNER', subscriptionName, toBillingAccountId, effectiveOn };
  }
  throw new Error('GraphQL admits no action without a member.');
}
