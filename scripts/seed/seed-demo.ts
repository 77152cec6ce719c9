import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { HouseDatabase } from '../../kernel/db/cluster';
import { accept } from '../../kernel/result';
import { dayOf, type PlainDate, wallClock } from '../../kernel/time';
import { loadPriceList } from '../../subgraphs/orders/actions/loadPriceList';
import { PRICE_LIST } from '../../subgraphs/orders/store/price-list';
import type { DataFolder } from '../platform/deployment-folder';
import { openCompanies } from './companies';
import { declineOrder } from './declined';
import { factsOf } from './facts';
import { openChannel, sellThroughChannel } from './partners';
import { buySubscriptions, growSubscriptions, payInvoices, putToUse } from './purchases';
import { quoteDeals } from './quotes';
import { openStage, type Stage } from './stage';
import { tellStory } from './story';

export interface SeedOptions {
  readonly databases: ReadonlyMap<string, HouseDatabase>;
  readonly folder: DataFolder;
  readonly onProgress?: (text: string) => void;
}

/**
 * Tells the demonstration's history through the houses' own actions and events: companies join, buy, grow, pay, activate
 * and report. A telling that was cut off goes on where it stopped. Answers what there is, in a few words.
 */
export async function seedDemo({ databases, folder, onProgress = () => {} }: SeedOptions): Promise<string> {
  const stage = await openStage(databases, folder);
  try {
    const today = await firstDay(stage);
    const story = tellStory(today);
    onProgress('prices and companies');
    await stage.act({
      house: 'orders',
      key: 'prices',
      on: today,
      actor: 'operator@example.com',
      action: async work => accept(await loadPriceList(work, PRICE_LIST)),
    });
    const channel = await openChannel(stage, today);
    const companies = await openCompanies(stage, story);
    await stage.settled();
    onProgress('purchases');
    await sellThroughChannel(stage, channel, today);
    await buySubscriptions(stage, companies);
    await stage.settled();
    onProgress('growth, payments and seat reports');
    await growSubscriptions(stage, companies);
    await payInvoices(stage, companies);
    await putToUse(stage, companies, today);
    await stage.settled();
    const offers = await quoteDeals(stage, companies[0]!, today);
    const failedOrder = await declineOrder(stage, companies[1]!, today);
    await stage.settled();
    const facts = await factsOf(stage, { companies, channel, offers, failedOrder, today });
    writeFileSync(folder.personas, `${JSON.stringify(facts.personas, null, 2)}\n`);
    writeFileSync(join(folder.path, 'samples.json'), `${JSON.stringify(facts.samples, null, 2)}\n`);
    await stage.act({ house: 'customers', key: COMPLETE, on: today, actor: 'story', action: async () => accept(null) });
    return facts.summary;
  } finally {
    await stage.close();
  }
}

const COMPLETE = 'told to its end';

/** The story is told from the day on which its telling began, also when it goes on after midnight. */
async function firstDay(stage: Stage): Promise<PlainDate> {
  const today = dayOf(wallClock.now());
  const key = 'first day';
  return stage.act({ house: 'customers', key, on: today, actor: 'story', action: async () => accept(today) });
}

/** True once the whole story is in the databases, and its facts are in the folder. */
export async function isSeeded(databases: ReadonlyMap<string, HouseDatabase>): Promise<boolean> {
  const sql = postgres(databases.get('customers')!.appUrl, { max: 1, onnotice: () => {} });
  try {
    return (await sql`select 1 from idempotency_key where scope = 'story' and key = ${COMPLETE}`).length > 0;
  } finally {
    await sql.end();
  }
}
