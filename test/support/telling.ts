/** All that the houses told, and every mail that they sent, without what differs by chance: ids, numbers, keys and codes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { houseNames } from '../../scripts/platform/houses';
import type { TestPlatform } from './platform';

/** One line for each event and each mail, in an order of its own: houses speak side by side. */
export async function tellingOf(platform: TestPlatform, names: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const house of houseNames()) {
    // The price list is loaded before the story begins, at the machine's time.
    const events = await platform.sql(house)`select time, type, data from event_log where type <> 'PricesListed.v1'`;
    for (const { time, type, data } of events) lines.push(`${time.toISOString()} ${house} ${type} ${JSON.stringify(data)}`);
  }
  for (const file of readdirSync(platform.mailDir)) lines.push(`mail ${readFileSync(join(platform.mailDir, file), 'utf8')}`);
  return lines.map(line => masked(line, names)).toSorted();
}

const ID = /[a-z]+_[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const CODE = /\b[A-Z0-9]{24}\b/g;
/** Letters are dated by the machine that sends them. */
const SENT = /^Date: .*$/m;
const NUMBER = /\b[A-Z]{1,3}-?[A-Z]*\d{6,}\b/g;

function masked(line: string, names: ReadonlyMap<string, string>): string {
  let said = line;
  for (const [called, name] of names) said = said.replaceAll(name, `<${called}>`);
  return said.replaceAll(ID, '<id>').replaceAll(CODE, '<code>').replaceAll(NUMBER, '<number>').replace(SENT, '');
}
