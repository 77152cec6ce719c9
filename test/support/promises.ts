/** What must hold in the databases of a product that has come to rest, whatever happened to it. */
import type { Sql } from 'postgres';
import { houseNames } from '../../scripts/platform/houses';
import type { TestClock } from './test-clock';

interface Promised {
  readonly sentence: string;
  readonly house: string;
  /** Answers a row for each exception. */
  readonly exceptions: string;
}

const PROMISES: readonly Promised[] = [
  {
    sentence: 'the journal sums to zero in each currency',
    house: 'billing',
    exceptions:
      'select currency, sum(debit_minor - credit_minor) as off from journal_postings group by 1 having sum(debit_minor - credit_minor) <> 0',
  },
  {
    sentence: 'receivables in the journal are what is open on invoices, and customer credit what is in wallets',
    house: 'billing',
    exceptions: `
      select * from (
        select coalesce(sum(debit_minor - credit_minor) filter (where code = '1100'), 0) - (select coalesce(sum(balance_minor), 0) from receivables) as owed_off,
               coalesce(sum(credit_minor - debit_minor) filter (where code = '2300'), 0) - (select coalesce(sum(balance_minor), 0) from wallets) as credit_off
          from journal_postings) books where owed_off <> 0 or credit_off <> 0`,
  },
  {
    sentence: 'of no payment more goes back than it brought',
    house: 'billing',
    exceptions: `
      select p.id, p.amount_minor, p.refunded_minor, sum(r.amount_minor) as refunds
        from payments p join refunds r on r.account_id = p.account_id and r.payment_id = p.id and r.status <> 'FAILED'
       group by p.account_id, p.id, p.amount_minor, p.refunded_minor
      having sum(r.amount_minor) > p.amount_minor or sum(r.amount_minor) <> p.refunded_minor`,
  },
  {
    sentence: 'the provider gave no more back than it took, and took no more than was posted',
    house: 'billing',
    exceptions: `
      select key, captured_minor, refunded_minor from development_provider.authorizations
       where refunded_minor > captured_minor
          or captured_minor > 0 and not exists (select from payments p where 'pay_' || replace(p.id::text, '-', '') = split_part(key, '/', 1) and p.invoice_id is not null)`,
  },
  {
    sentence: 'of no line of an invoice more is credited than it charged',
    house: 'billing',
    exceptions: `
      select l.id, l.amount_minor, sum(c.amount_minor) as credited
        from invoice_lines l join credit_memo_lines c on c.account_id = l.account_id and c.invoice_line_id = l.id
       group by l.account_id, l.id, l.amount_minor, l.tax_minor
      having sum(c.amount_minor) > l.amount_minor or sum(c.tax_minor) > l.tax_minor`,
  },
  {
    sentence: 'the versions of a subscription are numbered from one on, without a gap, and none twice',
    house: 'subscriptions',
    exceptions: `
      select s.name, s.version, count(v.number) as versions, max(v.number) as last
        from subscriptions s left join subscription_versions v on v.account_id = s.account_id and v.subscription_id = s.id
       group by s.account_id, s.id, s.name, s.version
      having count(distinct v.number) <> s.version or max(v.number) <> s.version or min(v.number) <> 1`,
  },
  {
    sentence: 'no version is told twice',
    house: 'subscriptions',
    exceptions: `
      select data->>'name' as name, data->>'version' as version from event_log
       where type = 'SubscriptionVersionCreated.v1' group by 1, 2 having count(*) > 1`,
  },
  {
    sentence: 'the terms of a subscription touch',
    house: 'subscriptions',
    exceptions: `
      select * from (
        select subscription_id, starts_on, lag(ends_on) over (partition by account_id, subscription_id order by starts_on) as previous from terms
      ) t where previous is not null and previous <> starts_on`,
  },
  {
    sentence: 'no event waits for a person',
    house: 'each',
    exceptions: 'select source, type, reason from dead_letter where replayed_at is null',
  },
];

/**
 * What is broken once the product has come to rest. Its calendar runs on by the minute, so what is only on its way is looked
 * at again.
 */
export async function brokenAtRest(platform: Resting): Promise<readonly string[]> {
  let broken: readonly string[] = [];
  for (let look = 0; look < LOOKS; look++) {
    await platform.clock.untilAtRest();
    broken = await brokenPromises(houseNames(), platform.sql);
    if (broken.length === 0) break;
  }
  return broken;
}

const LOOKS = 3;

interface Resting {
  readonly clock: Pick<TestClock, 'untilAtRest'>;
  sql(house: string): Sql;
}

/** The exceptions to the promises, one sentence each; none when all is well. */
async function brokenPromises(houses: readonly string[], sqlOf: (house: string) => Sql): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { sentence, house, exceptions } of PROMISES) {
    for (const one of house === 'each' ? houses : [house]) {
      for (const row of await sqlOf(one).unsafe(exceptions)) broken.push(`${one}: ${sentence}, but ${JSON.stringify(row)}`);
    }
  }
  return [...broken, ...(await unpaidSeats(sqlOf)), ...(await unlikeCopies(sqlOf))];
}

/**
 * What was sold is what is granted: each order that was carried out has a version for each of its actions and no other, and
 * the version's charges have the quantities that were invoiced, those of a ramp's later years as they begin.
 */
async function unpaidSeats(sqlOf: (house: string) => Sql): Promise<readonly string[]> {
  const sold = await sqlOf('orders')`
    select a.id::text as action, a.kind, o.state, o.number,
           coalesce((select sum(l.quantity) from order_lines l where l.account_id = a.account_id and l.action_id = a.id and l.amount_minor >= 0), 0)::int as quantity,
           coalesce((select sum(l.quantity) from order_lines l
              left join order_instalments i on i.account_id = l.account_id and i.order_id = l.order_id and i.invoiced_on = l.invoiced_on
             where l.account_id = a.account_id and l.action_id = a.id and l.amount_minor >= 0
               and (l.invoiced_on is null or i.posted_at is not null)), 0)::int as due,
           o.total_minor > 0 as is_invoiced
      from order_actions a join orders o on o.account_id = a.account_id and o.id = a.order_id`;
  const versions = await sqlOf('subscriptions')`
    select v.action_id::text as action, coalesce(sum(c.quantity), 0)::int as quantity
      from subscription_versions v
      left join charges c on c.account_id = v.account_id and c.subscription_id = v.subscription_id and c.version_number = v.number
     where v.action_id is not null group by 1`;
  const invoiced = await sqlOf('billing')`
    select action_id::text as action, sum(quantity)::int as quantity from invoice_lines where amount_minor >= 0 group by 1`;
  const granted = new Map(versions.map(row => [row['action'], row['quantity']]));
  const charged = new Map(invoiced.map(row => [row['action'], row['quantity']]));
  return sold.flatMap(({ action, kind, state, number, quantity, due, is_invoiced: isInvoiced }) => {
    const name = `${kind} of ${number} (${state})`;
    const found: string[] = [];
    if (state === 'FULFILLED' && !granted.has(action)) found.push(`${name} has no version`);
    if (state !== 'FULFILLED' && state !== 'ERROR' && granted.has(action)) found.push(`${name} has a version`);
    if (state === 'FULFILLED' && granted.get(action) !== quantity) found.push(`${name} sold ${quantity} and grants ${granted.get(action)}`);
    if (state === 'FULFILLED' && isInvoiced && due > 0 && charged.get(action) !== due)
      found.push(`${name} sold ${due} by now and invoices ${charged.get(action)}`);
    return found;
  });
}

/** Each copy of a subscription says what its owner told last. */
async function unlikeCopies(sqlOf: (house: string) => Sql): Promise<readonly string[]> {
  const told = await sqlOf('subscriptions')`
    select distinct on (data->>'name') data->>'name' as name, (data->>'version')::int as version, data->'charges' as charges
      from event_log where type = 'SubscriptionVersionCreated.v1' order by data->>'name', (data->>'version')::int desc`;
  const found: string[] = [];
  for (const house of ['orders', 'licenses']) {
    const copies = new Map((await sqlOf(house)`select name, version, charges from subscription_copies`).map(row => [row['name'], row]));
    for (const { name, version, charges } of told) {
      const copy = copies.get(name);
      if (copy?.['version'] !== version) found.push(`${house}: ${name} is at version ${version}, its copy at ${copy?.['version']}`);
      else if (seatsIn(copy?.['charges']) !== seatsIn(charges)) found.push(`${house}: the copy of ${name} has other charges`);
    }
  }
  return found;
}

interface Charge {
  readonly kind: string;
  readonly quantity: number;
  readonly startsOn: string;
  readonly endsOn: string;
}

const seatsIn = (charges: readonly Charge[]): string =>
  charges
    .map(({ kind, quantity, startsOn, endsOn }) => `${kind} ${quantity} ${startsOn} ${endsOn}`)
    .toSorted()
    .join(', ');
