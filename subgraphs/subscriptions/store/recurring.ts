import { sql } from 'drizzle-orm';
import type { Loader } from '#kernel/db/loader';
import { idFromUuid, type OrganizationId, uuidOf } from '#kernel/ids';
import { type Currency, type Money, money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

/** The key of a company's recurring revenue: companies that are asked for the same day are answered by one statement. */
export const recurringKey = (organizationId: OrganizationId, on: PlainDate): string => `${on} ${organizationId}`;

/**
 * What the recurring charges in force on a day come to in a year, for all accounts of a company, one amount for each
 * currency and in the order of their codes. One-time charges, trials and what has ended do not count.
 */
export const recurringOfOrganization: Loader<string, readonly Money[]> = {
  batch: async (db, keys) => {
    const asked = keys.map(key => ({ key, on: key.slice(0, 10), organizationId: key.slice(11) }));
    const found = new Map<string, Money[]>();
    for (const [on, companies] of Map.groupBy(asked, one => one.on)) {
      const ids = companies.map(({ organizationId }) => uuidOf(organizationId));
      const rows = await db.execute<{ organization: string; currency: Currency; minor: string }>(sql`/* subscriptions.recurringOf */
        select a.organization_id as organization, c.currency, sum(c.quantity * c.unit_price_minor)::text as minor
          from account_copies a
          join charges c on c.account_id = a.account_id
         where a.organization_id = any(${`{${ids.join(',')}}`}::uuid[])
           and c.model = 'RECURRING' and c.starts_on <= ${on}::date and c.ends_on > ${on}::date
           and not exists (
             select from charge_endings e where e.account_id = c.account_id and e.charge_id = c.id and e.ends_on <= ${on}::date
           )
         group by 1, 2 order by 1, 2`);
      for (const { organization, currency, minor } of rows) {
        const key = `${on} ${idFromUuid('organization', organization)}`;
        found.set(key, [...(found.get(key) ?? []), money(BigInt(minor), currency)]);
      }
    }
    return keys.map(key => found.get(key) ?? []);
  },
};
