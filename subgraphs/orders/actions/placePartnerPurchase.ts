import { displayOf, money } from '#kernel/money';
import { accept, type Refusal, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { PartnerOrderAccepted, PartnerParty } from '../../partners/events/published';
import { begun } from '../domain/flow';
import { needlessSteps } from '../domain/handing-over';
import { planResale, purchaseFor, type ResoldPlan } from '../domain/partner-purchase';
import type { OrderRefusal } from '../domain/refusals';
import { wellFormed } from '../domain/request';
import { screened, screenedValues } from '../domain/screening';
import type { OrdersEvents } from '../events/published';
import { accountCopy, keepAccount } from '../store/accounts';
import { billedById, insertBilling } from '../store/billings';
import { insertPurchase, orderKeyOf } from '../store/orders';
import { restrictionsMet } from '../store/restrictions';
import type { AccountCopyRow } from '../store/tables';
import { draftOf } from './draft-order';
import { announceProgress } from './go-on';
import { announceAccepted, announceRejected, purchaseOf } from './placeOrder';
import { situationOf } from './situation-of';

/**
 * Orders what the partners' house has accepted, under the id that it chose, so hearing of it twice orders once. What cannot
 * be ordered is said so with its reason, and nothing of it is kept.
 */
export async function placePartnerPurchase(work: Work<OrdersEvents>, accepted: PartnerOrderAccepted): Promise<void> {
  if (await orderKeyOf(work.tx, accepted.orderId)) return;
  const customer = await knownAccount(work, accepted.customer);
  const owner = await knownAccount(work, accepted.invoiceOwner);
  const resold = await planOf(work, accepted, owner);
  if (!resold.ok) return decline(work, accepted, resold.refusal);
  await place(work, accepted, customer, owner, resold.value);
}

/** What could not be understood here is told to the partner: nobody waits for an order that never comes. */
export const declineParked = (work: Work<OrdersEvents>, accepted: PartnerOrderAccepted): void =>
  decline(work, accepted, { code: 'ORDER_FAULT', message: 'The order could not be taken. It is being looked at.' });

function decline(
  work: Work<OrdersEvents>,
  { orderId, partnerOrderId, customer }: PartnerOrderAccepted,
  { code, message }: Pick<Refusal, 'code' | 'message'>,
): void {
  const about = { subject: orderId, accountId: customer.accountId };
  work.announce('PartnerOrderDeclined.v1', about, { partnerOrderId, orderId, code, message });
}

/** An account as its own house announced it or, where that is still on its way, as the order itself names it. */
async function knownAccount({ tx }: Work<OrdersEvents>, party: PartnerParty): Promise<AccountCopyRow> {
  const { accountId, name, contact } = party;
  const { currency, sellingEntity, paymentTermsDays, vatId } = party;
  const people = { billToName: contact.name, billToCountry: contact.country, soldToName: contact.name, soldToCountry: contact.country };
  const terms = { currency, sellingEntity, paymentTermsDays, isTaxExempt: false, isAutoPay: false, vatId, holds: [] };
  const asNamed = { accountId, version: 0, number: '', name, organizationName: name, ...terms, ...people };
  await keepAccount(tx, asNamed);
  return (await accountCopy(tx, accountId)) ?? asNamed;
}

async function planOf(
  work: Work<OrdersEvents>,
  accepted: PartnerOrderAccepted,
  owner: AccountCopyRow,
): Promise<Result<ResoldPlan, Refusal<OrderRefusal>>> {
  const request = wellFormed(purchaseFor(accepted));
  if (!request.ok) return request;
  const { channel, dealType } = accepted;
  const situation = await situationOf(work, request.value, { maySee: () => true, channel });
  if (!situation.ok) return situation;
  const sold = [...situation.value.agreements.values()].flatMap(agreement => agreement.history.lines.map(line => line.id));
  const billed = sold.length > 0 ? await billedById(work.tx, accepted.customer.accountId, sold) : new Map();
  const planned = planResale(request.value, { ...situation.value, dealType }, owner, accepted, billed);
  return planned.ok ? accept(planned.value) : planned;
}

async function place(
  work: Work<OrdersEvents>,
  { orderId, partnerOrderId, partnerId, resellerId, poNumber, channel, isEulaAccepted }: PartnerOrderAccepted,
  customer: AccountCopyRow,
  owner: AccountCopyRow,
  { plan, billed }: ResoldPlan,
): Promise<void> {
  const screening = screened(await restrictionsMet(work.tx, screenedValues(customer)));
  const terms = { accountId: customer.accountId, paymentTermsDays: owner.paymentTermsDays };
  const draft = await draftOf(work, { poNumber, actions: [] }, terms, plan, channel, orderId);
  const placed = `Placed by the partner, for ${displayOf(money(plan.subtotalMinor, plan.currency))}.`;
  const progress = begun(draft, screening, placed, work, needlessSteps(plan), isEulaAccepted ? [] : ['AGREEMENT']);
  const purchase = purchaseOf(work, draft, plan, progress);

  await insertPurchase(work.tx, purchase);
  const { subtotalMinor, taxMinor, totalMinor, lines } = billed;
  const parties = { partnerOrderId, resalePartnerId: resellerId ?? partnerId };
  const billing = { accountId: customer.accountId, orderId, invoiceAccountId: owner.accountId, ...parties };
  await insertBilling(work.tx, { ...billing, subtotalMinor, taxMinor, totalMinor }, lines.map(moneyPart));
  if (screening.isClear) announceAccepted(work, purchase);
  else announceRejected(work, purchase, screening.reason);
  await announceProgress(work, purchase.order, progress, purchase);
}

const moneyPart = ({ id, unitPriceMinor, amountMinor, working, taxMinor, taxWorking }: ResoldPlan['billed']['lines'][number]) => ({
  id,
  unitPriceMinor,
  amountMinor,
  working,
  taxMinor,
  taxWorking,
});
