import { compare, moneyOf, sum } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { addMonths, type PlainDate, period } from '#kernel/time';
import { type Agreement, additionDay, mayAdd, seatPriceOn, seatsOn } from './agreement';
import { type CatalogItem, priceIn, quantityOf } from './catalog';
import { linesOfOffer, offerOf } from './offer';
import type { PlannedAction, PricedLine } from './plan';
import { priceOfDaysLeft, priceOfMonths, priceOnce } from './pricing';
import { type AddProduct, type AddSeats, pathOf, type Reconciles } from './request';
import type { Situation } from './situation';

/** Plans more seats: charged for the days left of the term (P1), ending with it, at the price and currency of the base (P6). */
export function planSeats(action: AddSeats, position: number, situation: Situation, seatsPlanned: number) {
  const base = openAgreement(action, position, situation);
  if (!base.ok) return base;
  const { agreement, on } = base.value;
  const agreed = seatPriceOn(agreement, on);
  const path = [...pathOf(action, position), 'subscriptionName'];
  if (!agreed) return refuse('SUBSCRIPTION_NOT_ACTIVE', 'This subscription has no seats in force on that day.', { path });

  const left = period(on, agreement.termEndsOn);
  const plan = { sku: agreement.planSku, kind: 'BASE', model: 'RECURRING' } as const;
  const offer = offerOf(plan, { shape: 'PER_UNIT', unitPrice: agreed }, action.quantity, situation.discountBasisPoints);
  const { reconciles } = action;
  const description = `${agreement.planName}, ${reconciles ? 'quarterly reconciliation' : 'added seats'}`;
  const lines = linesOfOffer(offer, description, left, units =>
    reconciles ? priceOfMonths(units, reconciles.monthsLeft) : priceOfDaysLeft(units, left),
  );
  const noticed = asNoticed(reconciles, lines, path);
  if (!noticed.ok) return noticed;
  const before = seatsOn(agreement, on) + seatsPlanned;
  const change = {
    kind: 'SEATS_ADDED' as const,
    subject: agreement.name,
    field: 'seats',
    before: String(before),
    after: String(before + action.quantity),
  };
  return accept(partOf(agreement, actionOf(action, agreement.planSku, on, position, agreement, situation), lines, change));
}

/** Plans a product beside the plan: recurring ones end with the term, one-time packs last as long as the catalog says. */
export function planProduct(action: AddProduct, position: number, situation: Situation) {
  const base = openAgreement(action, position, situation);
  if (!base.ok) return base;
  const { agreement, on } = base.value;
  const offer = additionalProduct(action, position, agreement, on, situation);
  if (!offer.ok) return offer;

  const { item, price } = offer.value;
  const lasts = item.model === 'ONE_TIME' && item.lastsMonths ? addMonths(on, item.lastsMonths) : agreement.termEndsOn;
  const lines = linesOfOffer(offerOf(item, price, action.quantity, situation.discountBasisPoints), item.name, period(on, lasts), units =>
    item.model === 'ONE_TIME' ? priceOnce(units) : priceOfDaysLeft(units, period(on, lasts)),
  );
  const after = `${item.name}, ${quantityOf(item.kind, action.quantity)}`;
  const change = { kind: 'PRODUCT_ADDED' as const, subject: agreement.name, field: 'products', before: null, after };
  return accept(partOf(agreement, actionOf(action, item.sku, on, position, agreement, situation), lines, change));
}

/** P9: a reconciliation costs what its notice said, or it is not sold. */
function asNoticed(reconciles: Reconciles | undefined, lines: readonly PricedLine[], path: readonly string[]) {
  if (!reconciles) return accept(null);
  const noticed = moneyOf(reconciles.amount);
  const amounts = lines.map(line => line.priced.amount);
  const isSame = amounts.every(amount => amount.currency === noticed.currency) && compare(sum(amounts, noticed.currency), noticed) === 0;
  if (isSame) return accept(null);
  return refuse('PRICE_CHANGED', 'These seats do not come to what was noticed any more.', { path, retryable: true });
}

function openAgreement(action: AddSeats | AddProduct, position: number, { agreements, channel, today }: Situation) {
  const path = pathOf(action, position);
  const agreement = agreements.get(action.subscriptionName);
  if (!agreement) return refuse('SUBSCRIPTION_NOT_FOUND', 'No such subscription.', { path: [...path, 'subscriptionName'] });
  const open = mayAdd(agreement, channel, path);
  if (!open.ok) return open;
  if ('reconciles' in action && action.reconciles && action.effectiveOn) return accept({ agreement, on: action.effectiveOn });
  const on = additionDay(agreement, action.effectiveOn, today, path);
  return on.ok ? accept({ agreement, on: on.value }) : on;
}

function additionalProduct(action: AddProduct, position: number, agreement: Agreement, on: PlainDate, { catalog }: Situation) {
  const at = { path: [...pathOf(action, position), 'sku'] };
  const currency = seatPriceOn(agreement, on)?.currency;
  const item = catalog.get(action.sku);
  const price = item && currency ? priceIn(item, currency) : null;
  if (!item || !price) return refuse('PRODUCT_NOT_FOUND', 'No such product is sold in the currency of this subscription.', at);
  if (!fits(item, agreement)) return refuse('PRODUCT_NOT_FOR_PLAN', 'This product cannot be added to this subscription.', at);
  return accept({ item, price });
}

const fits = (item: CatalogItem, agreement: Agreement): boolean =>
  item.kind !== 'BASE' && (item.deployment === null || item.deployment === agreement.planDeployment);

function actionOf(
  action: AddSeats | AddProduct,
  sku: string,
  effectiveOn: PlainDate,
  position: number,
  agreement: Agreement,
  { newId }: Situation,
): PlannedAction {
  const { id: subscriptionId, name: subscriptionName, planSku, planName, planTier, planDeployment } = agreement;
  const { termStartsOn, termEndsOn, termMonths, isAutoRenew, namespaceId } = agreement;
  const plan = { planSku, planName, planTier, planDeployment };
  const term = { termStartsOn, termEndsOn, termMonths, isAutoRenew, namespaceId };
  const { kind, quantity } = action;
  const amendment = null;
  return {
    id: newId('orderAction'),
    position,
    kind,
    subscriptionId,
    subscriptionName,
    sku,
    quantity,
    effectiveOn,
    ...plan,
    ...term,
    amendment,
  };
}

const partOf = <Change>({ sellingEntity, dealType }: Agreement, action: PlannedAction, lines: readonly PricedLine[], change: Change) => ({
  action,
  lines,
  changes: [change],
  currency: lines[0]!.unitPrice.currency,
  sellingEntity,
  dealType,
});
