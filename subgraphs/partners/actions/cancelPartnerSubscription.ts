import { money, negate } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import { dayOf } from '#kernel/time';
import type { Work } from '#kernel/work';
import { forEachParty } from '../domain/margin';
import { mayCancel } from '../domain/sold-subscription';
import type { PartnersEvents } from '../events/published';
import type { PartnerOrderLineRow } from '../store/tables';
import { type Amendment, amendSold, type Sold, unitOf } from './amend-sold';
import type { PricedLine } from './price-lines';

export interface CancelPartnerSubscription extends Amendment {
  readonly isRefunded: boolean;
  readonly reason: string;
}

const REASON_LENGTH_MAX = 500;

/** P8: ends a sold subscription: with its term, or at once with everything given back that was charged for the term. */
export async function cancelPartnerSubscription(work: Work<PartnersEvents>, request: CancelPartnerSubscription) {
  const reason = request.reason.trim();
  if (reason === '' || reason.length > REASON_LENGTH_MAX) {
    return refuse('REASON_REQUIRED', `Please say why, in 1 to ${REASON_LENGTH_MAX} characters.`, { path: ['reason'] });
  }
  const { isRefunded } = request;
  const asked = { ...request, reason };
  return amendSold(work, asked, async sold => {
    const ofTerm = linesOfTerm(sold);
    const boughtOn = dayOf(ofTerm[0]?.order.placedAt ?? sold.first.placedAt);
    const allowed = mayCancel(sold.subscription, boughtOn, isRefunded, work.today);
    if (!allowed.ok) return allowed;
    const { name: subscriptionName } = sold.subscription;
    return accept({
      kind: 'CANCELLATION' as const,
      lines: isRefunded ? ofTerm.map(({ line }) => givenBack(line)) : [],
      actions: [{ kind: 'CANCEL' as const, subscriptionName, isRefunded, reason }],
      poNumber: null,
      poAmountMinor: null,
    });
  });
}

/** What was charged for the term that is cancelled: its purchase or renewal, and the seats added since. */
const linesOfTerm = ({ subscription, ordered }: Sold) =>
  ordered.filter(({ line, order }) => order.kind !== 'CANCELLATION' && line.endsOn === subscription.endsOn);

function givenBack(line: PartnerOrderLineRow): PricedLine {
  const { sku, name, quantity, startsOn, endsOn, subscriptionName, currency } = line;
  const charged = {
    list: money(line.listMinor, currency),
    cost: money(line.costMinor, currency),
    reseller: money(line.resellerMinor, currency),
    customer: money(line.customerMinor, currency),
  };
  return { sku, name, quantity, startsOn, endsOn, subscriptionName, unit: unitOf(line), amount: forEachParty(charged, negate) };
}
