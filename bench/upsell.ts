/**
 * Product pages: how long the licences house takes to say what a namespace may be offered, of pages that were shown a moment ago and of
 * pages that nobody has looked at, and how soon a change shows.
 */
import postgres from 'postgres';
import { idFromUuid } from '../kernel/ids';
import type { Progress, Report } from './run';
import { ms, percentile, rounded } from './support/figures';
import { openLicensesAlone } from './support/house-alone';

const NAMESPACES = Number(process.env.NAMESPACES ?? 20_000);
const QUESTIONS = 5_000;
const WARM_UP = 1_000;
const AT_ONCE = 4;
const HOT = 50;
const CHANGES = 20;
const QUERY = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Namespace {
  upsellOffers(placement: SEAT_LIMIT, first: 1) { code sku reason seatsNow seatsSuggested price { amount currency } } } } }`;

const uuidOfNumber = (kind: number, number: number): string =>
  `01900000-${kind.toString(16).padStart(4, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
const namespaceOf = (number: number) => idFromUuid('namespace', uuidOfNumber(3, number));

/** Namespaces of 15 seats with 14 users, each with its account, its subscription and a price list. */
const FILLING = [
  `create function pg_temp.made(kind int, number bigint) returns uuid immutable language sql as
    $$ select ('01900000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$`,
  `insert into account_copies (account_id, version, company_name, sold_to_name, sold_to_email, currency, holds)
   select pg_temp.made(1, n), 1, 'Bench', 'Bo', 'bo@bench.example', 'USD', '[]' from generate_series(1, :n) as n`,
  `insert into subscription_copies (account_id, id, version, name, status, sku, plan_name, tier, deployment, term_starts_on, term_ends_on,
     term_months, namespace_id, charges)
   select pg_temp.made(1, n), pg_temp.made(2, n), 1, 'A-S' || n, 'ACTIVE', 'premium-saas', 'Premium', 'PREMIUM', 'SAAS', current_date - 60,
     current_date + 305, 12, pg_temp.made(3, n), jsonb_build_array(jsonb_build_object('kind', 'BASE', 'sku', 'premium-saas', 'quantity', 15,
     'startsOn', current_date - 60, 'endsOn', current_date + 305)) from generate_series(1, :n) as n`,
  `insert into entitling_versions (account_id, subscription_id, version, effective_on, status, tier, term_starts_on, term_ends_on, namespace_id, charges)
   select account_id, id, 1, term_starts_on, status, tier, term_starts_on, term_ends_on, namespace_id, charges from subscription_copies`,
  `insert into namespace_copies (account_id, id, path) select account_id, namespace_id, name from subscription_copies`,
  `insert into namespace_measurements (account_id, namespace_id, seats_in_use, measured_at)
   select account_id, namespace_id, 14, now() from subscription_copies`,
  `insert into offered_products (sku, valid_from, name, kind, tier, deployment, prices) values
   ('premium-saas', '2020-01-01', 'Premium', 'BASE', 'PREMIUM', 'SAAS', '[{"amount":"228.00","currency":"USD"}]'),
   ('ultimate-saas', '2020-01-01', 'Ultimate', 'BASE', 'ULTIMATE', 'SAAS', '[{"amount":"1188.00","currency":"USD"}]')`,
  'analyze',
];

export async function measure(progress: Progress): Promise<Report> {
  progress(`starting the licences house, with ${NAMESPACES} namespaces`);
  const house = await openHouseAlone();
  try {
    progress(`${QUESTIONS} pages of ${HOT} namespaces that are looked at all the time`);
    await pages(house.ask, WARM_UP, index => 1 + (index % NAMESPACES));
    const hot = await pages(house.ask, QUESTIONS, index => 1 + (index % HOT));
    progress(`${QUESTIONS} pages, each of another namespace`);
    const cold = await pages(house.ask, QUESTIONS, index => 1 + ((index + WARM_UP) % NAMESPACES));
    progress(`${CHANGES} changes, each waited for`);
    const shown = await changes(house);
    return reportOf(hot, cold, shown);
  } finally {
    await house.close();
  }
}

interface Offer {
  readonly seatsNow: number;
  readonly reason: string;
}
interface Answered {
  readonly data?: { readonly _entities: readonly { readonly upsellOffers: readonly Offer[] }[] };
}
type Ask = (namespace: number) => Promise<readonly Offer[]>;

async function openHouseAlone() {
  const house = await openLicensesAlone(async ownerUrl => {
    const filler = postgres(ownerUrl, { max: 1, onnotice: () => {} });
    for (const statement of FILLING) await filler.unsafe(statement.replaceAll(':n', `${NAMESPACES}`));
    await filler.end();
  }, AT_ONCE);
  const sql = postgres(house.owner, { max: 1, onnotice: () => {} });
  const ask: Ask = async namespace => {
    const of = [{ __typename: 'Namespace', id: namespaceOf(namespace) }];
    const { data } = await house.ask<Answered>({ roles: ['SUPPORT'] }, QUERY, { of });
    const offers = data?._entities[0]?.upsellOffers;
    if (!offers?.length) throw new Error('A page was not answered with an offer.');
    return offers;
  };
  const close = async () => {
    await sql.end();
    await house.close();
  };
  return { ask, sql, close };
}

/** So many pages, a few at a time; answers how long each took. */
async function pages(ask: Ask, count: number, namespaceAt: (index: number) => number): Promise<readonly number[]> {
  const waited: number[] = [];
  let next = 0;
  const reader = async () => {
    for (let index = next++; index < count; index = next++) {
      const askedAt = performance.now();
      await ask(namespaceAt(index));
      waited.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return waited;
}

/** A seat less, behind the house's back, of a namespace whose page is open: how long until the page says so. */
async function changes({ ask, sql }: Awaited<ReturnType<typeof openHouseAlone>>): Promise<readonly number[]> {
  const shown: number[] = [];
  for (let change = 1; change <= CHANGES; change++) {
    await ask(change);
    await sql`update namespace_measurements set seats_in_use = 15 where namespace_id = ${uuidOfNumber(3, change)}`;
    const changedAt = performance.now();
    while ((await ask(change))[0]?.reason !== 'All seats are taken.') await new Promise(resume => setTimeout(resume, 5));
    shown.push(performance.now() - changedAt);
  }
  return shown;
}

function reportOf(hot: readonly number[], cold: readonly number[], shown: readonly number[]): Report {
  const line = (waited: readonly number[]) =>
    `p50 ${ms(percentile(waited, 50))}, p99 ${ms(percentile(waited, 99))} with ${AT_ONCE} at once`;
  const figure = (waited: readonly number[]) => ({ p50: rounded(percentile(waited, 50)), p99: rounded(percentile(waited, 99)) });
  return {
    rows: [
      ['pages looked at all the time', line(hot)],
      ['pages looked at for the first time', line(cold)],
      ['a change shows after at most', ms(Math.max(...shown))],
    ],
    figures: { hotMs: figure(hot), coldMs: figure(cold), changeShownMsMax: rounded(Math.max(...shown)) },
  };
}
