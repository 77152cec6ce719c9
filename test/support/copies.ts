/** What each house has copied from its neighbours' logs, and how it is forgotten and read again from the first event. */
import { houseNames, loadHouse } from '../../scripts/platform/houses';
import type { TestPlatform } from './platform';

/** The tables that events alone fill, and the columns that tell when a copy was made, not what of. */
const COPIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  orders: { account_copies: 'true', subscription_copies: 'true', namespace_copies: 'true' },
  subscriptions: { account_copies: 'true' },
  billing: { accounts: 'true' },
  licenses: { account_copies: 'true', subscription_copies: 'true' },
  // All of a report's facts, down to the last digit.
  reports: Object.fromEntries(
    [
      'account_facts',
      'activation_facts',
      'charge_facts',
      'invoice_facts',
      'order_facts',
      'order_partners',
      'organization_facts',
      'partner_facts',
      'receivable_movements',
      'subscription_facts',
      'term_facts',
      'trial_facts',
      'usage_facts',
    ].map(table => [table, 'true']),
  ),
  // Accounts are its own, and enter the directory without an event.
  customers: { directory_entries: "kind <> 'BILLING_ACCOUNT'" },
};

/** What is there of everything but the copies: reading a log again must add to none of it. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  orders: ['orders', 'order_lines', 'order_timeline', 'event_log'],
  // An order that is heard again is answered again, so its log grows; what it wrote does not.
  subscriptions: ['subscriptions', 'subscription_versions', 'charges', 'charge_endings'],
  billing: ['invoices', 'payments', 'credit_memos', 'refunds', 'journal_postings', 'wallet_movements'],
  licenses: ['licenses', 'activations', 'deliveries'],
  reports: ['metric_snapshots', 'report_exports'],
  customers: ['billing_accounts', 'account_holds', 'leads', 'event_log'],
};

/**
 * Forgets the copies of every house and how far it had read, reads all logs again from their first event, and answers what
 * is different from before.
 */
export async function readAgain(platform: TestPlatform): Promise<readonly string[]> {
  await catchUp(platform);
  const wrong: string[] = [];
  for (const [house, copies] of Object.entries(COPIES)) {
    await platform.clock.untilAtRest();
    const before = await stateOf(platform, house);
    await platform.stopHouse(house);
    for (const [table, condition] of Object.entries(copies)) await platform.sql(house).unsafe(`delete from ${table} where ${condition}`);
    await platform.sql(house).unsafe('delete from inbox; delete from reader_position');
    await platform.startHouse(house);
    await platform.clock.untilAtRest();
    const after = await stateOf(platform, house);
    for (const [what, was] of Object.entries(before)) {
      if (was !== after[what])
        wrong.push(`${house}.${what} is not what it was: ${was?.slice(0, 2_000)} and now ${after[what]?.slice(0, 2_000)}`);
    }
  }
  return wrong;
}

/** Does at once what the calendar of each house has to do by now, or it would be done while the logs are read again. */
async function catchUp(platform: TestPlatform): Promise<void> {
  for (const house of houseNames()) {
    for (const { job } of loadHouse(house).cron ?? []) {
      // Long due, whatever moment the houses' clock shows.
      await platform.sql(house)`select graphile_worker.add_job(${job}, '{}'::json, run_at := '2020-01-01')`;
    }
  }
  await platform.clock.untilAtRest();
}

async function stateOf(platform: TestPlatform, house: string): Promise<Readonly<Record<string, string>>> {
  const sql = platform.sql(house);
  const state: Record<string, string> = {};
  for (const [table, condition] of Object.entries(COPIES[house] ?? {})) {
    const rows = await sql.unsafe(`select to_jsonb(t)::text as row from ${table} t where ${condition} order by 1`);
    state[table] = rows.map(({ row }) => row).join('\n');
  }
  for (const table of FACTS[house] ?? []) {
    const [counted] = await sql.unsafe(`select count(*)::text as count from ${table}`);
    state[`count of ${table}`] = counted?.['count'];
  }
  return state;
}
