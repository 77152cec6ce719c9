import { isId, type NewId } from '#kernel/ids';
import { type Money, money, moneyOf, moneyText } from '#kernel/money';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { PartnerOrderAccepted } from '../../partners/events/published';
import type { CatalogItem } from './catalog';
import type { BilledLine } from './handing-over';
import type { OrderPlan } from './plan';
import { planOrder } from './plan-order';
import type { OrderRefusal } from './refusals';
import type { ActionRequest, PurchaseRequest } from './request';
import type { BuyingAccount, Situation } from './situation';

/** What a partner ordered, as a purchase. Renewals stay with the partner: nothing renews by itself (R2). */
export function purchaseFor({ customer, poNumber, actions }: PartnerOrderAccepted): PurchaseRequest {
  return {
    billingAccountId: customer.accountId,
    paymentMethodId: null,
    poNumber,
    // The customer's own agreement is a step of the order (C6).
    termsAccepted: true,
    expectedTotal: null,
    actions: actions.map(actionFor),
  };
}

/** An order in two views that differ in their prices alone: what the customer reads, and what the invoice owner is charged. */
export interface ResoldPlan {
  readonly plan: OrderPlan;
  readonly billed: Pick<OrderPlan, 'subtotalMinor' | 'taxMinor' | 'totalMinor'> & { readonly lines: readonly BilledLine[] };
}

/**
 * Plans a resold purchase twice by the same rules: once at the customer's prices, for the order and its subscription, and once
 * at the invoice owner's, for the invoice. Refused when the invoice would not come to what the partner was told (P9).
 */
export function planResale(
  request: PurchaseRequest,
  situation: Situation,
  owner: BuyingAccount,
  { prices, invoiceSubtotal }: Pick<PartnerOrderAccepted, 'prices' | 'invoiceSubtotal'>,
  billedLineById: ReadonlyMap<string, BilledLine>,
): Result<ResoldPlan, Refusal<OrderRefusal>> {
  const ids = recorded(situation.newId);
  const { sellingEntity } = owner;
  // The customer owes us nothing: their price is between them and their reseller, and so is its tax.
  const customer = { ...situation.account, sellingEntity, holds: [], isTaxExempt: true };
  const customerPrices = new Map(prices.map(({ sku, customerUnitPrice }) => [sku, moneyOf(customerUnitPrice)]));
  const plan = planOrder(request, { ...priced(situation, customerPrices), account: customer, newId: ids.record });
  if (!plan.ok) return plan;

  const invoicePrices = new Map(prices.map(({ sku, invoiceUnitPrice }) => [sku, moneyOf(invoiceUnitPrice)]));
  const seenByOwner = asCharged(priced(situation, invoicePrices), invoicePrices, billedLineById);
  const invoice = planOrder(request, { ...seenByOwner, account: owner, newId: ids.replay });
  if (!invoice.ok) return invoice;
  if (invoice.value.subtotalMinor !== moneyOf(invoiceSubtotal).minor) {
    return refuse('PRICE_CHANGED', 'The price has changed since the order was accepted. Please order again.');
  }
  const { issuedOn, dueOn, metrics, lines, subtotalMinor, taxMinor, totalMinor } = invoice.value;
  // A deal counts among our bookings at what we are owed for it; what the customer pays more is the chain's.
  return accept({ plan: { ...plan.value, issuedOn, dueOn, metrics }, billed: { lines, subtotalMinor, taxMinor, totalMinor } });
}

function actionFor(action: PartnerOrderAccepted['actions'][number]): ActionRequest {
  switch (action.kind) {
    case 'CREATE_SUBSCRIPTION':
      return { ...action, namespaceId: null, isAutoRenew: false };
    case 'ADD_SEATS':
      return { ...action, effectiveOn: null };
    case 'RENEW':
      return action;
    case 'CANCEL':
      return { ...action, effectiveOn: null };
  }
}

/** The catalog at these prices; what has none keeps its own. */
function priced(situation: Situation, prices: ReadonlyMap<string, Money>): Situation {
  const item = (known: CatalogItem): CatalogItem => {
    const price = prices.get(known.sku);
    return price ? { ...known, prices: [{ shape: 'PER_UNIT', unitPrice: price }] } : known;
  };
  return { ...situation, catalog: new Map([...situation.catalog].map(([sku, known]) => [sku, item(known)])) };
}

/** What is in force, at what the invoice owner was charged for it: additions keep that price, and credits give it back. */
function asCharged(situation: Situation, prices: ReadonlyMap<string, Money>, billedLineById: ReadonlyMap<string, BilledLine>): Situation {
  const agreements = [...situation.agreements].map(([name, agreement]) => {
    const lines = agreement.history.lines.map(line => ({ ...line, ...billedLineById.get(line.id) }));
    const charges = agreement.charges.map(charge => {
      const line = lines.find(({ id, chargeId }) => chargeId === charge.chargeId && billedLineById.has(id));
      const price = line ? money(line.unitPriceMinor, charge.unitPrice.currency) : prices.get(charge.sku);
      return price ? { ...charge, unitPrice: moneyText(price) } : charge;
    });
    return [name, { ...agreement, charges, history: { ...agreement.history, lines } }] as const;
  });
  return { ...situation, agreements: new Map(agreements) };
}

/** Both views make the same ids, one after the other, so that a line of the one is the line of the other. */
function recorded(newId: NewId): { readonly record: NewId; readonly replay: NewId } {
  const made: string[] = [];
  let at = 0;
  const record: NewId = kind => {
    const id = newId(kind);
    made.push(id);
    return id;
  };
  return {
    record,
    replay: kind => {
      const id = made[at++];
      if (id === undefined || !isId(kind, id)) throw new Error('The two views of a resold order differ in more than their prices.');
      return id;
    },
  };
}
