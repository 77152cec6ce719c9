/** Instances with their licences, made by SQL: as many as report in one night, written behind the house's back. */
import postgres from 'postgres';
import { idFromUuid, type LicenseId } from '../../kernel/ids';

export const INSTANCES_EACH = 10;

/** An id that follows from a kind and a number. Its form is that of a UUIDv7. */
const madeId = (kind: number, number: number): string =>
  `01900000-${kind.toString(16).padStart(4, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
const MADE = `create function pg_temp.made(kind int, number bigint) returns uuid immutable language sql as
  $$ select ('01900000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$`;
const LICENSE = 4;

export const identifierOf = (instance: number): string => `instance-${instance}`;
/** The licence of an instance, counted from 1: ten instances share a code and its licence. */
export const licenseIdOf = (instance: number): LicenseId =>
  idFromUuid('license', madeId(LICENSE, Math.floor((instance - 1) / INSTANCES_EACH) + 1));
/** The code of an account, counted from 1. */
export const codeOf = (account: number): string => `CODE${account.toString().padStart(20, '0').replaceAll('0', 'Z').replaceAll('1', 'Y')}`;

const EACH = 'from generate_series(1, :accounts) as account';
const STARTS = "(date ':today' - 60)";
const ENDS = "(date ':today' + 305)";
const CHARGES = `jsonb_build_array(jsonb_build_object('kind', 'BASE', 'quantity', 100, 'startsOn', ${STARTS}, 'endsOn', ${ENDS}))`;
const CODE = `'CODE' || replace(replace(lpad(account::text, 20, '0'), '0', 'Z'), '1', 'Y')`;
const IDS = 'pg_temp.made(1, account)';

const STATEMENTS = [
  MADE,
  `insert into account_copies (account_id, version, company_name, sold_to_name, sold_to_email)
   select ${IDS}, 1, 'Bench ' || account, 'Bo Bench', 'bo@bench.example' ${EACH}`,
  `insert into subscription_copies (account_id, id, version, name, status, sku, plan_name, tier, deployment, term_starts_on, term_ends_on,
     term_months, charges)
   select ${IDS}, pg_temp.made(2, account), 1, 'A-S' || lpad(account::text, 8, '0'), 'ACTIVE', 'premium-self-managed', 'Premium', 'PREMIUM',
     'SELF_MANAGED', ${STARTS}, ${ENDS}, 12, ${CHARGES} ${EACH}`,
  `insert into activations (account_id, id, subscription_id, code, created_at)
   select ${IDS}, pg_temp.made(3, account), pg_temp.made(2, account), ${CODE}, now() ${EACH}`,
  `insert into activation_codes (code_digest, account_id, activation_id)
   select encode(sha256((${CODE})::bytea), 'hex'), ${IDS}, pg_temp.made(3, account) ${EACH}`,
  `insert into licenses (account_id, id, subscription_id, activation_id, revision, kind, generated_from, subscription_name, company_name, plan,
     seats, starts_on, expires_on, grace_days, issued_at, key)
   select ${IDS}, pg_temp.made(${LICENSE}, account), pg_temp.made(2, account), pg_temp.made(3, account), 1, 'ONLINE_CLOUD', 'ACTIVATION',
     'A-S' || lpad(account::text, 8, '0'), 'Bench', 'PREMIUM', 100, ${STARTS}, ${ENDS}, 14, now(), repeat('x', 220) ${EACH}
   where account <= :instances / ${INSTANCES_EACH}`,
  `insert into instances (account_id, id, activation_id, identifier, hostname, version, activated_at)
   select pg_temp.made(1, account), pg_temp.made(5, instance), pg_temp.made(3, account), 'instance-' || instance, 'git.example', '18.0', now()
   from (select instance, (instance - 1) / ${INSTANCES_EACH} + 1 as account from generate_series(1, :instances) as instance) as made`,
  'analyze',
];

/** Writes so many instances, ten under a code, and as many codes more that nobody has used. */
export async function fillLicenses(
  ownerUrl: string,
  made: { readonly instances: number; readonly unused: number; readonly today: string },
) {
  const accounts = made.instances / INSTANCES_EACH + made.unused;
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  for (const statement of STATEMENTS) {
    await sql.unsafe(
      statement.replaceAll(':accounts', `${accounts}`).replaceAll(':instances', `${made.instances}`).replaceAll(':today', made.today),
    );
  }
  await sql.end();
}
