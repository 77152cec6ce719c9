import { type Id, isId } from '#kernel/ids';
import { isCurrency, moneyFromDecimal } from '#kernel/money';
import { type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { BulkEntry } from '../domain/bulk-order';
import type { PartnersEvents } from '../events/published';
import { bulkOrderForUpdate, linesOfBulkOrder, updateBulkLine, updateBulkOrder } from '../store/bulk-orders';
import type { BulkLineRow, BulkOrderRow } from '../store/tables';
import type { PlacedOrder } from './accept-order';
import { placePartnerOrder } from './placePartnerOrder';
import { enqueuePlacing } from './uploadBulkOrder';

/** So many orders are placed in one transaction: enough to be quick, few enough that nobody waits for its locks. */
const LINES_AT_ONCE = 25;

/**
 * Places the next orders of a file, notes what came of each, and leaves the rest to the next job, all in one transaction: killed at
 * any moment, it begins again where it stood, and no line is placed twice.
 */
export async function placeBulkLines(work: Work<PartnersEvents>, id: Id<'bulkImport'>, after: number): Promise<void> {
  const bulkOrder = await bulkOrderForUpdate(work.tx, id);
  if (!bulkOrder || bulkOrder.finishedAt) return;
  const lines = await linesOfBulkOrder(work.tx, id, 'PENDING', LINES_AT_ONCE, after);
  // Whoever sent the file is who orders.
  const sender = { ...work, actor: bulkOrder.uploadedBy };
  for (const line of lines) await updateBulkLine(work.tx, line, outcomeOf(await placeLine(sender, bulkOrder, line)));
  const last = lines.at(-1);
  if (last) await enqueuePlacing(work, id, last.line);
  else await updateBulkOrder(work.tx, id, { finishedAt: work.now });
}

async function placeLine(work: Work<PartnersEvents>, { partnerId }: BulkOrderRow, { entry }: BulkLineRow): Promise<Result<PlacedOrder>> {
  if (!entry) throw new Error('A line waits to be placed, and nothing says what it orders.');
  const { po, resellerId, termsAccepted: areTermsAccepted, ...order } = entry;
  const amount = amountOf(entry);
  if (!amount) return refuse('AMOUNT_INVALID', 'This is no amount of this currency.', { path: ['po', 'amount'] });
  if (resellerId !== null && !isId('partner', resellerId)) {
    return refuse('RESELLER_NOT_FOUND', 'You do not work with such a reseller.', { path: ['resellerId'] });
  }
  return placePartnerOrder(work, { ...order, partnerId, resellerId, areTermsAccepted, po: { number: po.number, amount } });
}

const amountOf = ({ po: { amount } }: BulkEntry) => (isCurrency(amount.currency) ? moneyFromDecimal(amount.amount, amount.currency) : null);

function outcomeOf(placed: Result<PlacedOrder>): Partial<BulkLineRow> {
  if (!placed.ok) {
    const { code, message, path } = placed.refusal;
    return { state: 'REFUSED', code, message, path: [...(path ?? [])] };
  }
  // What an order came to later is told by the order itself.
  const { id: partnerOrderId, status } = placed.value;
  return { state: status === 'REJECTED' ? 'REJECTED' : 'ACCEPTED', partnerOrderId };
}
