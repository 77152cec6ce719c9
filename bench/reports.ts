/**
 * Reports on a large company: 1,000,000 subscription versions and 2,000,000 invoice lines, or as many as VERSIONS says (invoice lines are
 * twice as many). How long each document of finance and analysts takes at the gateway, how many events a second the facts keep
 * up with, and what a file of a million rows costs while its house is killed in the middle.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parse, print, separateOperations } from 'graphql';
import { addDays, dayOf, wallClock } from '../kernel/time';
import type { Progress, Report } from './run';
import { ms, percentile, rounded } from './support/figures';
import { CHARGES_EACH, INVOICES_EACH, LINES_EACH } from './support/report-facts';
import { openReportScene } from './support/report-scene';

const VERSIONS = Number(process.env.VERSIONS ?? 1_000_000);
const ACCOUNTS = Math.max(Math.round(VERSIONS / CHARGES_EACH), 10);
const QUESTIONS = Number(process.env.QUESTIONS ?? 100);
const WARM_UP = 5;
const EVENTS = Math.min(Number(process.env.EVENTS ?? 10_000), ACCOUNTS * 5);

const today = dayOf(wallClock.now());
const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
const fiscalYear = Number(today.slice(0, 4)) + (today.slice(5, 7) === '01' ? 0 : 1);
const DOCUMENTS: Readonly<Record<string, object>> = {
  MrrRollforward: { from: yearAgo, to: today },
  ArrByTier: { month: today },
  BookingsByType: { quarter: `FY${fiscalYear}-Q3` },
  PartnerSourced: { year: fiscalYear },
  AvailableToRenew: { quarter: `FY${fiscalYear}-Q4` },
  ArrMovements: { month: today },
  NetRetention: { month: today },
  ArAging: { on: today },
  SeatUtilisation: { on: today },
  LicenseActivations: { month: today },
  TrialConversion: { month: today },
  OrderToCashLag: { from: yearAgo, to: today },
};

type Scene = Awaited<ReturnType<typeof openReportScene>>;

export async function measure(progress: Progress): Promise<Report> {
  const scene = await openReportScene(ACCOUNTS, today, progress);
  try {
    const times: Record<string, readonly number[]> = {};
    for (const [name, variables] of Object.entries(DOCUMENTS)) {
      progress(`${name}, ${QUESTIONS} times`);
      times[name] = await asked(scene, name, variables);
    }
    progress(`${EVENTS} events`);
    const eventsPerSecond = await scene.hear(EVENTS);
    progress('a file of all orders; its house is killed when half of it is written');
    return reportOf({ times, eventsPerSecond, file: await takeAway(scene) });
  } finally {
    await scene.close();
  }
}

const documents = separateOperations(parse(readFileSync('operations/operations.graphql', 'utf8')));

async function asked(scene: Scene, name: string, variables: object): Promise<readonly number[]> {
  const query = print(documents[name]!);
  const times: number[] = [];
  for (let number = 0; number < WARM_UP + QUESTIONS; number++) {
    const startedAt = performance.now();
    const { data, errors } = await scene.ask(query, variables);
    if (errors || Object.values(data ?? {}).includes(null)) throw new Error(`${name} was not answered: ${JSON.stringify(errors ?? data)}`);
    if (number >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return times;
}

/** Asks for a file, kills its house on the way, and downloads in pieces what came of it. */
async function takeAway(scene: Scene) {
  const wanted = ACCOUNTS * INVOICES_EACH;
  const startedAt = performance.now();
  const memory = scene.watchMemory();
  const id = await scene.askForFile({ name: 'ORDER_TO_CASH', part: 'ROWS', from: addDays(today, -900), to: today });
  let [killedAt, file] = [0, await scene.fileOf(id)];
  for (; file.status !== 'READY'; file = await scene.fileOf(id)) {
    if (file.status === 'FAILED') throw new Error('The file could not be written.');
    if (killedAt === 0 && file.rows > wanted / 2) {
      killedAt = file.rows;
      scene.killHouse();
    }
    await pause(100);
  }
  const writtenMs = performance.now() - startedAt;
  const hash = createHash('sha256');
  let lines = 0;
  for await (const piece of scene.download(file.downloadPath ?? '', file.bytes)) {
    hash.update(piece);
    for (const byte of piece) if (byte === 10) lines++;
  }
  const isWhole = hash.digest('hex') === file.sha256;
  const allMs = performance.now() - startedAt;
  return { rows: file.rows, lines, bytes: file.bytes, isWhole, killedAt, writtenMs, allMs, memoryMb: memory.most() };
}

interface Found {
  readonly times: Readonly<Record<string, readonly number[]>>;
  readonly eventsPerSecond: number;
  readonly file: Awaited<ReturnType<typeof takeAway>>;
}

function reportOf({ times, eventsPerSecond, file }: Found): Report {
  const size = { versions: ACCOUNTS * CHARGES_EACH, invoiceLines: ACCOUNTS * INVOICES_EACH * LINES_EACH };
  return {
    rows: [
      ['in the facts', `${size.versions.toLocaleString('en')} versions, ${size.invoiceLines.toLocaleString('en')} invoice lines`],
      ...Object.entries(times).map(([name, each]) => [name, `p50 ${ms(percentile(each, 50))}, p99 ${ms(percentile(each, 99))}`] as const),
      ['events heard', `${eventsPerSecond.toFixed(0)} a second`],
      [
        `file of ${file.rows.toLocaleString('en')} rows`,
        `${rounded(file.bytes / 1e6)} MB, written in ${rounded(file.writtenMs / 1000)} s, downloaded after ${rounded(file.allMs / 1000)} s, whole: ${file.isWhole}`,
      ],
      ['killed with -9 at row', `${file.killedAt.toLocaleString('en')}`],
      [
        'most memory meanwhile',
        Object.entries(file.memoryMb)
          .map(([name, mb]) => `${name} ${mb} MB`)
          .join(', '),
      ],
    ],
    figures: {
      ...size,
      documentsMs: Object.fromEntries(
        Object.entries(times).map(([name, each]) => [name, { p50: rounded(percentile(each, 50)), p99: rounded(percentile(each, 99)) }]),
      ),
      eventsPerSecond: rounded(eventsPerSecond),
      file,
    },
  };
}
