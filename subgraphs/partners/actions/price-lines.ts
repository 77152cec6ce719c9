import type { Queryable } from '#kernel/db/database';
import { money } from '#kernel/money';
import { accept, refuse } from '#kernel/result';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { Chain } from '../domain/chain';
import { type ChainPrice, endOfTerm, forEachParty, marginsOfChain, priceOfTerm, scheduleFor, unitPrices } from '../domain/margin';
import type { OrderedLine } from '../domain/partner-order';
import type { PartnersEvents } from '../events/published';
import { plansListed, schedulesFor } from '../store/program';
import type { AgreementRow, PartnerOrderLineRow } from '../store/tables';

/** A line as the chain sees it: each party's price of one unit for a year, and of the whole. */
export interface PricedLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly startsOn: PartnerOrderLineRow['startsOn'];
  readonly endsOn: PartnerOrderLineRow['endsOn'];
  readonly subscriptionName: string | null;
  readonly unit: ChainPrice;
  readonly amount: ChainPrice;
}

/** What a chain pays for each plan on the list today, by SKU. A plan for which no margins are agreed is not sold in it. */
export async function offersFor(
  work: { readonly tx: Queryable; readonly today: PlainDate },
  { track, dealKind, ...chain }: Pick<Chain, 'track' | 'dealKind' | 'hasDistributor' | 'hasReseller'>,
  { currency }: Pick<AgreementRow, 'currency'>,
) {
  const [listed, schedules] = [await plansListed(work.tx, currency, work.today), await schedulesFor(work.tx, track, dealKind)];
  const offers = listed.flatMap(({ sku, name, amountMinor }) => {
    const schedule = scheduleFor(schedules, { track, dealKind, sku, on: work.today });
    return schedule ? [{ sku, name, unit: unitPrices(money(amountMinor, currency), marginsOfChain(schedule, chain)) }] : [];
  });
  return new Map(offers.map(offer => [offer.sku, offer]));
}

/** Prices what was ordered, line by line, for each party of the chain. */
export async function priceLines(
  work: Work<PartnersEvents>,
  lines: readonly OrderedLine[],
  chain: Chain,
  agreement: Pick<AgreementRow, 'currency'>,
) {
  const offers = await offersFor(work, chain, agreement);
  const priced: PricedLine[] = [];
  for (const [index, { sku, quantity, startsOn, termMonths }] of lines.entries()) {
    const offer = offers.get(sku);
    if (!offer) return refuse('OFFER_NOT_FOUND', 'There is no such plan among your offers.', { path: ['lines', String(index), 'sku'] });
    const { name, unit } = offer;
    const amount = forEachParty(unit, unitPrice => priceOfTerm(unitPrice, quantity, termMonths));
    const endsOn = endOfTerm(startsOn, termMonths);
    priced.push({ sku, name, quantity, startsOn, endsOn, subscriptionName: null, unit, amount });
  }
  return accept(priced);
}
