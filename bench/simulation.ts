/** Three years of a small company, lived through twice on fresh databases: how long it takes, and whether it comes out the same. */
import setUp from '../test/support/global-setup';
import tearDown from '../test/support/global-teardown';
import { openTestPlatform } from '../test/support/platform';
import { brokenAtRest } from '../test/support/promises';
import { HOUSES_BEGIN_AT, liveUntil } from '../test/support/small-company';
import { tellingOf } from '../test/support/telling';
import type { Progress, Report } from './run';

const TELLINGS = 2;
const SENTENCES_MAX = 20;
const ENDS_AT = new Date(process.env.SIMULATION_ENDS_AT ?? '2027-01-31T09:00:00.000Z');

export async function measure(progress: Progress): Promise<Report> {
  progress('starting PostgreSQL');
  await setUp();
  try {
    const tellings: Telling[] = [];
    for (let number = 1; number <= TELLINGS; number++) {
      progress(`living through it, ${number} of ${TELLINGS}`);
      tellings.push(await live());
    }
    return reportOf(tellings, progress);
  } finally {
    await tearDown();
  }
}

interface Telling {
  readonly lines: readonly string[];
  readonly broken: readonly string[];
  readonly seconds: number;
}

async function live(): Promise<Telling> {
  const platform = await openTestPlatform({ now: HOUSES_BEGIN_AT });
  try {
    const startedAt = performance.now();
    const names = await liveUntil(platform, ENDS_AT);
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    return { lines: await tellingOf(platform, names), broken: await brokenAtRest(platform), seconds };
  } finally {
    await platform.close();
  }
}

/** Lines that stand in only one of two tellings. */
function differences(one: readonly string[], other: readonly string[]): readonly string[] {
  const rest = [...other];
  const missing = one.filter(line => {
    const index = rest.indexOf(line);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
  return [...missing.map(line => `only in the first: ${line}`), ...rest.map(line => `only in the second: ${line}`)];
}

function reportOf(tellings: readonly Telling[], progress: Progress): Report {
  const [first, second] = tellings.map(({ lines }) => lines);
  const different = differences(first!, second!);
  const broken = tellings.flatMap(telling => telling.broken);
  for (const sentence of [...different, ...broken].slice(0, SENTENCES_MAX)) progress(sentence);
  const seconds = tellings.map(telling => telling.seconds);
  return {
    rows: [
      ['events and mails of one telling', String(first!.length)],
      ['lines that only one telling has', String(different.length)],
      ['promises broken at the end', String(broken.length)],
      ['seconds for each telling', seconds.join(', ')],
    ],
    figures: { lines: first!.length, different: different.length, broken: broken.length, seconds },
  };
}
