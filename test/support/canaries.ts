import type postgres from 'postgres';

/** What must not be told: every text and id that stands in an account's rows and in nobody else's. */
export interface Canaries {
  readonly texts: ReadonlySet<string>;
  /** The 32 hexadecimal digits of every id. */
  readonly hexes: ReadonlySet<string>;
  /** Ids with their prefixes, as the graph writes them. */
  readonly ids: readonly string[];
}

const TEXT_LENGTH_MIN = 6;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ID = /\b[a-z]{3}_[0-9a-f]{32}\b/g;

/** Words of closed sets are everybody's, also where only one account happens to have them. */
const SET_WORD = /^[A-Z_]+$/;
/** What everybody may read. */
const PUBLIC_TABLES = ['products', 'rate_plans', 'rate_plan_charges', 'price_book_entries'];

/** Reads an account's canaries out of the houses' databases; `planted` are those that stand in rows of no account. */
export async function canariesOf(databases: readonly postgres.Sql[], accountId: string, planted: readonly string[]): Promise<Canaries> {
  const own = new Set(planted);
  const others = new Set<string>();
  for (const sql of databases) {
    for (const { name, isAccounts } of await tablesOf(sql)) {
      for (const row of await sql`select * from ${sql(name)}`) {
        const account = isAccounts ? row.account_id : name === 'billing_accounts' ? row.id : null;
        const into = hexOf(String(account)) === hexOf(accountId) ? own : account || PUBLIC_TABLES.includes(name) ? others : null;
        for (const text of textsIn(row)) into?.add(text);
      }
    }
  }
  const othersHexes = new Set([...others].flatMap(hexesIn));
  const texts = [...own].filter(text => !others.has(text) && text.length >= TEXT_LENGTH_MIN && !SET_WORD.test(text));
  return {
    texts: new Set(texts.filter(text => hexesIn(text).length === 0)),
    hexes: new Set([...own].flatMap(hexesIn).filter(hex => !othersHexes.has(hex))),
    ids: [...new Set([...own].flatMap(text => text.match(ID) ?? []))].filter(id => !othersHexes.has(hexOf(id))),
  };
}

const hexOf = (id: string): string => id.replace(/^[a-z]{3}_/, '').replaceAll('-', '');
const hexesIn = (text: string): readonly string[] => (UUID.test(text) ? [hexOf(text)] : (text.match(ID) ?? []).map(hexOf));

/** The state of everything that an account has, to see that nobody has touched it. */
export async function stateOf(databases: readonly postgres.Sql[], accountId: string): Promise<readonly string[]> {
  const states: string[] = [];
  for (const sql of databases) {
    for (const { name: table, isAccounts } of await tablesOf(sql)) {
      if (!isAccounts) continue;
      const [row] =
        await sql`select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as state from ${sql(table)} t where account_id = ${accountId.slice(4)}::uuid`;
      states.push(`${table} ${row?.state}`);
    }
  }
  return states;
}

async function tablesOf(sql: postgres.Sql): Promise<readonly { readonly name: string; readonly isAccounts: boolean }[]> {
  const rows = await sql`
    select table_name as name, bool_or(column_name = 'account_id') as is_accounts from information_schema.columns
    where table_schema = 'public' group by table_name order by table_name`;
  return rows.map(row => ({ name: String(row.name), isAccounts: row.is_accounts === true }));
}

/** Every text in a row, down into JSON. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(textsIn);
}

/** The canaries that an answer tells, apart from what the question itself named. */
export function toldIn(answer: unknown, question: string, { texts, hexes }: Pick<Canaries, 'texts' | 'hexes'>): readonly string[] {
  const told = textsIn(answer).join('\n');
  const isTold = (canary: string) => told.includes(canary) && !question.includes(canary);
  return [...texts, ...hexes].filter(isTold);
}
