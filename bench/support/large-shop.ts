/**
 * A large company's databases, made by SQL: what each house would hold after years of sales. Rows are written behind the
 * houses' backs, as no house could sell a million versions in a minute; only what the measured questions read is there.
 */
import postgres from 'postgres';
import type { HouseDatabase } from '../../kernel/db/cluster';
import { type AccountId, idFromUuid } from '../../kernel/ids';
import type { PlainDate } from '../../kernel/time';

export const SUBSCRIPTIONS_EACH = 5;
/** Each subscription was bought, and once added to. */
export const VERSIONS_EACH = 2;
export const INVOICES_EACH = 10;
export const LINES_EACH = 2;

/** Makes the rows of so many accounts in every house that is asked about purchases. Answers the ids of the accounts. */
export async function fillShop(
  databases: ReadonlyMap<string, HouseDatabase>,
  accounts: number,
  today: PlainDate,
  progress: (text: string) => void,
): Promise<readonly AccountId[]> {
  for (const [house, statements] of Object.entries(STATEMENTS)) {
    progress(`writing ${house}`);
    const sql = postgres(databases.get(house)!.ownerUrl, { max: 1, onnotice: () => {} });
    try {
      await sql.unsafe(MADE);
      for (const statement of statements)
        await sql.unsafe(statement.replaceAll(':accounts', `${accounts}`).replaceAll(':today', `date '${today}'`));
      await sql.unsafe('analyze');
    } finally {
      await sql.end();
    }
  }
  return Array.from({ length: accounts }, (_, number) => idFromUuid('account', madeId(ACCOUNT, number + 1)));
}

const ACCOUNT = 1;
/** An id that follows from a kind and a number, the same in every house. Its form is that of a UUIDv7. */
const madeId = (kind: number, number: number): string =>
  `01900000-${kind.toString(16).padStart(4, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
const MADE = `create function pg_temp.made(kind int, number bigint) returns uuid immutable language sql as
  $$ select ('01900000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$`;

const ADDRESS = `'{"street":"1 Long Street","city":"Denver","postalCode":"80014","region":"CO","country":"US"}'::jsonb`;
const EACH_ACCOUNT = 'generate_series(1, :accounts) as account';
const EACH_SUBSCRIPTION = `${EACH_ACCOUNT}, lateral (select (account - 1) * ${SUBSCRIPTIONS_EACH} + nth as subscription, nth from generate_series(1, ${SUBSCRIPTIONS_EACH}) as nth) as sold`;
const EACH_INVOICE = `${EACH_ACCOUNT}, lateral (select (account - 1) * ${INVOICES_EACH} + nth as invoice, nth from generate_series(1, ${INVOICES_EACH}) as nth) as billed`;
/** Terms began up to 300 days ago, so that all are running; half of the seats came 60 days later. */
const STARTS = `(:today - (subscription % 240 + 60)::int)`;
const ENDS = `(${STARTS} + 365)`;
const ADDED = `(${STARTS} + 60)`;
const NAME = `'A-S' || lpad(subscription::text, 8, '0')`;
const ACCOUNT_NUMBER = `'A' || lpad(account::text, 8, '0')`;
const CHARGES = `jsonb_build_array(
  jsonb_build_object('chargeId', 'chg_' || replace(pg_temp.made(8, subscription * 2)::text, '-', ''), 'sku', 'premium-self-managed', 'kind', 'BASE', 'model', 'RECURRING',
    'quantity', 50, 'unitPrice', jsonb_build_object('amount', '228.00', 'currency', 'USD'), 'startsOn', ${STARTS}, 'endsOn', ${ENDS}),
  jsonb_build_object('chargeId', 'chg_' || replace(pg_temp.made(8, subscription * 2 + 1)::text, '-', ''), 'sku', 'premium-self-managed', 'kind', 'BASE', 'model', 'RECURRING',
    'quantity', 10, 'unitPrice', jsonb_build_object('amount', '228.00', 'currency', 'USD'), 'startsOn', ${ADDED}, 'endsOn', ${ENDS}))`;

const STATEMENTS: Readonly<Record<string, readonly string[]>> = {
  customers: [
    `insert into organizations (id, name, version, created_at)
     select pg_temp.made(2, account), 'Company ' || account, 1, now() from ${EACH_ACCOUNT}`,
    `insert into billing_accounts (id, number, name, organization_id, currency, channel, selling_entity, segment, payment_terms_days, is_auto_pay,
       is_tax_exempt, version, created_at)
     select pg_temp.made(${ACCOUNT}, account), ${ACCOUNT_NUMBER}, 'Company ' || account, pg_temp.made(2, account), 'USD', 'WEB_DIRECT', 'US_INC', 'COMMERCIAL', 30,
       false, false, 1, now() from ${EACH_ACCOUNT}`,
    `insert into contacts (account_id, id, role, name, email, street, city, postal_code, region, country)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(3, account * 2 + nth), role, 'Pat ' || account, 'pat' || account || '@company.example', '1 Long Street',
       'Denver', '80014', 'CO', 'US' from ${EACH_ACCOUNT}, (values ('BILL_TO', 0), ('SOLD_TO', 1)) as contact (role, nth)`,
  ],
  subscriptions: [
    `insert into account_copies (account_id, version, segment, holds)
     select pg_temp.made(${ACCOUNT}, account), 1, 'COMMERCIAL', '[]' from ${EACH_ACCOUNT}`,
    `insert into subscriptions (account_id, id, name, version, namespace_id, is_base, created_at)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(4, subscription), ${NAME}, ${VERSIONS_EACH}, null, true, now() from ${EACH_SUBSCRIPTION}`,
    `insert into terms (account_id, id, subscription_id, kind, starts_on, ends_on, months)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(5, subscription), pg_temp.made(4, subscription), 'INITIAL', ${STARTS}, ${ENDS}, 12 from ${EACH_SUBSCRIPTION}`,
    `insert into subscription_versions (account_id, subscription_id, number, id, kind, effective_on, standing, sku, plan_name, tier, deployment, term_id,
       is_auto_renew, actor, created_at)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(4, subscription), number, pg_temp.made(6, subscription * 2 + number), kind,
       ${STARTS} + (number - 1) * 60, 'AGREED', 'premium-self-managed', 'Premium, self-managed', 'PREMIUM', 'SELF_MANAGED', pg_temp.made(5, subscription), true, 'bench', now()
     from ${EACH_SUBSCRIPTION}, (values (1, 'CREATE'), (2, 'ADD_SEATS')) as version (number, kind)`,
    `insert into charges (account_id, id, subscription_id, version_number, sku, kind, model, quantity, unit_price_minor, currency, starts_on, ends_on)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(8, subscription * 2 + number - 1), pg_temp.made(4, subscription), number, 'premium-self-managed', 'BASE', 'RECURRING',
       case number when 1 then 50 else 10 end, 22800, 'USD', ${STARTS} + (number - 1) * 60, ${ENDS}
     from ${EACH_SUBSCRIPTION}, generate_series(1, ${VERSIONS_EACH}) as number`,
  ],
  billing: [
    `insert into accounts (account_id, version, number, name, currency, bill_to)
     select pg_temp.made(${ACCOUNT}, account), 1, ${ACCOUNT_NUMBER}, 'Company ' || account, 'USD',
       jsonb_build_object('name', 'Pat ' || account, 'email', 'pat@company.example', 'address', ${ADDRESS}) from ${EACH_ACCOUNT}`,
    `insert into invoice_series (account_id, last_sequence) select pg_temp.made(${ACCOUNT}, account), ${INVOICES_EACH} from ${EACH_ACCOUNT}`,
    `insert into invoices (account_id, id, number, sequence, selling_entity, bill_to, currency, subtotal_minor, tax_minor, total_minor, issued_on, due_on,
       posted_at, correlation_id)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(9, invoice), 'INV-' || lpad(account::text, 8, '0') || '-' || nth, nth, 'US_INC',
       jsonb_build_object('name', 'Pat ' || account, 'email', 'pat@company.example', 'address', ${ADDRESS}),
       'USD', 456000, 0, 456000, :today - (nth * 30)::int, :today - (nth * 30)::int + 30, now(), 'bench' from ${EACH_INVOICE}`,
    `insert into invoice_lines (account_id, invoice_id, id, position, action_id, subscription_id, sku, description, quantity, currency, unit_price_minor, days,
       amount_minor, tax_minor, working, starts_on, ends_on)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(9, invoice), pg_temp.made(10, invoice * ${LINES_EACH} + line), line + 1, pg_temp.made(11, invoice * ${LINES_EACH} + line),
       pg_temp.made(4, (account - 1) * ${SUBSCRIPTIONS_EACH} + 1), 'premium-self-managed', 'Premium, self-managed', 10, 'USD', 22800, 365, 228000, 0,
       '10 × $228.00 × 365 ÷ 365 days', :today - (nth * 30)::int, :today - (nth * 30)::int + 365
     from ${EACH_INVOICE}, generate_series(0, ${LINES_EACH - 1}) as line`,
    `insert into receivables (account_id, invoice_id, status, currency, balance_minor, pending_minor, due_on)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(9, invoice), 'POSTED', 'USD', case when nth <= 2 then 456000 else 0 end, 0, :today - (nth * 30)::int + 30
     from ${EACH_INVOICE}`,
  ],
  licenses: [
    `insert into account_copies (account_id, version, company_name, sold_to_name, sold_to_email)
     select pg_temp.made(${ACCOUNT}, account), 1, 'Company ' || account, 'Pat', 'pat@company.example' from ${EACH_ACCOUNT}`,
    `insert into subscription_copies (account_id, id, version, name, status, sku, plan_name, tier, deployment, term_starts_on, term_ends_on, term_months, charges)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(4, subscription), ${VERSIONS_EACH}, ${NAME}, 'ACTIVE', 'premium-self-managed', 'Premium, self-managed', 'PREMIUM',
       'SELF_MANAGED', ${STARTS}, ${ENDS}, 12, ${CHARGES} from ${EACH_SUBSCRIPTION}`,
    `insert into activations (account_id, id, subscription_id, code, created_at)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(12, subscription), pg_temp.made(4, subscription), 'BENCH' || lpad(subscription::text, 19, '0'), now() from ${EACH_SUBSCRIPTION}`,
    `insert into instances (account_id, id, activation_id, identifier, hostname, version, activated_at)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(13, subscription), pg_temp.made(12, subscription), 'bench-' || subscription, 'host.example', '18.5.0', now() from ${EACH_SUBSCRIPTION}`,
  ],
  orders: [
    `insert into account_copies (account_id, version, number, name, organization_name, currency, selling_entity, payment_terms_days, is_tax_exempt, holds,
       bill_to_name, bill_to_country, sold_to_name, sold_to_country)
     select pg_temp.made(${ACCOUNT}, account), 1, ${ACCOUNT_NUMBER}, 'Company ' || account, 'Company ' || account, 'USD', 'US_INC', 30, false, '[]', 'Pat', 'US', 'Pat', 'US'
     from ${EACH_ACCOUNT}`,
    `insert into subscription_copies (account_id, id, version, name, status, plan_sku, plan_name, plan_tier, plan_deployment, term_starts_on, term_ends_on,
       term_months, is_auto_renew, charges)
     select pg_temp.made(${ACCOUNT}, account), pg_temp.made(4, subscription), ${VERSIONS_EACH}, ${NAME}, 'ACTIVE', 'premium-self-managed', 'Premium, self-managed', 'PREMIUM',
       'SELF_MANAGED', ${STARTS}, ${ENDS}, 12, true, ${CHARGES} from ${EACH_SUBSCRIPTION}`,
  ],
};
