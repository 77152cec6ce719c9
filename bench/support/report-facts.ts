/** The facts of a large company, made by SQL behind the house's back: what years of events would have left. */
import postgres from 'postgres';
import type { PlainDate } from '../../kernel/time';

export const CHARGES_EACH = 10;
export const INVOICES_EACH = 10;
export const LINES_EACH = 2;

/** Facts of so many accounts: each with five subscriptions of two charges, ten orders and ten invoices, most of them paid. */
export async function fillFacts(ownerUrl: string, accounts: number, today: PlainDate, progress: (text: string) => void): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(MADE);
    for (const [what, statement] of Object.entries(STATEMENTS)) {
      progress(`writing ${what}`);
      await sql.unsafe(statement.replaceAll(':accounts', `${accounts}`).replaceAll(':today', `date '${today}'`));
    }
    await sql.unsafe('vacuum analyze');
  } finally {
    await sql.end();
  }
}

/** News of subscriptions, as many as there are to hear: each has a version more. */
export async function announceVersions(ownerUrl: string, count: number, today: PlainDate): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(MADE);
    await sql.unsafe(NEWS.replaceAll(':count', `${count}`).replaceAll(':today', `date '${today}'`));
  } finally {
    await sql.end();
  }
}

const MADE = `create function pg_temp.made(kind int, number bigint) returns uuid immutable language sql as
  $$ select ('01900000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$`;
const EACH_ACCOUNT = 'generate_series(1, :accounts) as account';
const EACH_SUBSCRIPTION = `${EACH_ACCOUNT}, lateral (select (account - 1) * 5 + nth as subscription from generate_series(1, 5) as nth) as sold`;
const EACH_ORDER = `${EACH_ACCOUNT}, lateral (select (account - 1) * 10 + nth as number, nth from generate_series(1, 10) as nth) as placed`;
/** Terms began within the last 900 days: four in ten are running. */
const STARTS = '(:today - (subscription % 900)::int)';
const PLACED = `(:today - (number % 900)::int)`;
const TIER = `(array['PREMIUM', 'ULTIMATE'])[1 + subscription % 2]`;

const STATEMENTS: Readonly<Record<string, string>> = {
  companies: `insert into organization_facts (organization_id, version, parent_id)
    select pg_temp.made(2, account), 1, case when account % 10 = 0 then pg_temp.made(2, account - 1) end from ${EACH_ACCOUNT}`,
  accounts: `insert into account_facts (account_id, version, organization_id, segment)
    select pg_temp.made(1, account), 1, pg_temp.made(2, account), (array['COMMERCIAL', 'PUBLIC_SECTOR', 'EDUCATION'])[1 + account % 3] from ${EACH_ACCOUNT}`,
  partners: `insert into partner_facts (partner_id, version, name) select pg_temp.made(3, nth), 1, 'Partner ' || nth from generate_series(1, 50) as nth`,
  subscriptions: `insert into subscription_facts (account_id, subscription_id, version, name)
    select pg_temp.made(1, account), pg_temp.made(4, subscription), 2, 'A-S' || lpad(subscription::text, 8, '0') from ${EACH_SUBSCRIPTION}`,
  terms: `insert into term_facts (account_id, subscription_id, starts_on, ends_on, months)
    select pg_temp.made(1, account), pg_temp.made(4, subscription), ${STARTS}, ${STARTS} + 365, 12 from ${EACH_SUBSCRIPTION}`,
  charges: `insert into charge_facts (account_id, subscription_id, charge_id, version, order_id, sku, kind, tier, deployment, quantity, unit_price_minor, currency,
      starts_on, ends_on, starts_month, ends_month, known_from, known_until)
    select pg_temp.made(1, account), pg_temp.made(4, subscription), pg_temp.made(8, subscription * 2 + version), version, pg_temp.made(5, (account - 1) * 10 + version),
      lower(${TIER}) || '-saas', 'BASE', ${TIER}, 'SAAS', case version when 1 then 50 else 10 end, 22800 + (subscription % 7) * 100, (array['USD', 'EUR'])[1 + account % 2],
      ${STARTS} + (version - 1) * 60, ${STARTS} + 365, date_trunc('month', ${STARTS} + (version - 1) * 60), date_trunc('month', ${STARTS} + 365),
      ${STARTS} + (version - 1) * 60, timestamptz '9999-12-31 00:00:00+00'
    from ${EACH_SUBSCRIPTION}, generate_series(1, 2) as version`,
  orders: `insert into order_facts (account_id, order_id, channel, placed_at, fulfilled_at, deal_type, order_type, net_arr_minor, currency)
    select pg_temp.made(1, account), pg_temp.made(5, number), (array['WEB_DIRECT', 'SALES_ASSISTED', 'DISTRIBUTOR'])[1 + number % 3], ${PLACED},
      ${PLACED} + make_interval(secs => number % 100), 'DIRECT', (array['NEW_FIRST_ORDER', 'GROWTH', 'CONTRACTION'])[1 + number % 3], 100000 + number % 999, 'USD'
    from ${EACH_ORDER}`,
  'orders of partners': `insert into order_partners (account_id, order_id, partner_id)
    select pg_temp.made(1, account), pg_temp.made(5, number), pg_temp.made(3, 1 + number % 50) from ${EACH_ORDER} where number % 3 = 2`,
  invoices: `insert into invoice_facts (account_id, invoice_id, number, order_id, currency, issued_on, due_on, settled_on)
    select pg_temp.made(1, account), pg_temp.made(9, number), 'INV-' || lpad(number::text, 9, '0'), pg_temp.made(5, number), 'USD', ${PLACED}, ${PLACED} + 30,
      case when nth > 1 then ${PLACED} + 20 end from ${EACH_ORDER}`,
  'what was owed': `insert into receivable_movements (account_id, event_id, invoice_id, moved_on, amount_minor, currency)
    select pg_temp.made(1, account), pg_temp.made(10, number), pg_temp.made(9, number), ${PLACED}, 456000, 'USD' from ${EACH_ORDER}
    union all
    select pg_temp.made(1, account), pg_temp.made(11, number), pg_temp.made(9, number), ${PLACED} + 20, -456000, 'USD' from ${EACH_ORDER} where nth > 1`,
  usage: `insert into usage_facts (account_id, subscription_id, used_on, billable, seats)
    select pg_temp.made(1, account), pg_temp.made(4, subscription), :today - day, 40 + (subscription % 30)::int, 60 from ${EACH_SUBSCRIPTION}, generate_series(1, 2) as day`,
  codes: `insert into activation_facts (account_id, activation_id, issued_at, activated_at)
    select pg_temp.made(1, account), pg_temp.made(12, subscription), ${STARTS}, case when subscription % 4 > 0 then ${STARTS} + 2 end from ${EACH_SUBSCRIPTION}`,
  trials: `insert into trial_facts (account_id, trial_id, started_on, converted_on)
    select pg_temp.made(1, account), pg_temp.made(13, account), :today - (account % 900)::int, case when account % 5 = 0 then :today - (account % 900)::int + 20 end from ${EACH_ACCOUNT}`,
};

const ID = (prefix: string, kind: number, number: string) => `'${prefix}_' || replace(pg_temp.made(${kind}, ${number})::text, '-', '')`;
const NEWS = `insert into event_log (id, type, subject, account_id, time, correlation_id, causation_id, data)
  select pg_temp.made(20, subscription), 'SubscriptionVersionCreated.v1', ${ID('sub', 4, 'subscription')}, pg_temp.made(1, 1 + (subscription - 1) / 5), now(), 'bench', 'bench',
    jsonb_build_object('subscriptionId', ${ID('sub', 4, 'subscription')}, 'accountId', ${ID('acc', 1, '1 + (subscription - 1) / 5')}, 'name', 'A-S' || lpad(subscription::text, 8, '0'),
      'version', 3, 'orderId', null, 'status', 'ACTIVE', 'plan', jsonb_build_object('sku', 'premium-saas', 'name', 'Premium', 'tier', 'PREMIUM', 'deployment', 'SAAS'),
      'term', jsonb_build_object('startsOn', :today, 'endsOn', :today + 365, 'months', 12, 'kind', 'RENEWAL'),
      'charges', jsonb_build_array(jsonb_build_object('chargeId', ${ID('chg', 8, '100000000 + subscription')}, 'sku', 'premium-saas', 'kind', 'BASE', 'model', 'RECURRING',
        'quantity', 60, 'unitPrice', jsonb_build_object('amount', '228.00', 'currency', 'USD'), 'startsOn', :today, 'endsOn', :today + 365)))
  from generate_series(1, :count) as subscription`;
