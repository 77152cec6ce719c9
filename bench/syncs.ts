/**
 * The night: how many reports of seats the licences house takes in a second, how long an activation waits, and what becomes of
 * 50,000 reports through the gateway when a twentieth is sent again, a hundredth is malformed and the house is killed with -9
 * in the middle. Every valid day must be stored once and every malformed one refused with its reason.
 */
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { addDays, dayOf, wallClock } from '../kernel/time';
import type { Progress, Report } from './run';
import { ms, percentile, rounded } from './support/figures';
import { openLicensesAlone } from './support/house-alone';
import { codeOf, fillLicenses, INSTANCES_EACH, identifierOf, licenseIdOf } from './support/sync-rows';
import { type Answered, type Ask, identifiers, openSyncScene } from './support/sync-scene';

const INSTANCES = Number(process.env.INSTANCES ?? 50_000);
const IN_HOUSE = Math.min(INSTANCES, 20_000);
const WARM_UP = 2_000;
const ACTIVATIONS = 500;
const ACTIVATIONS_AT_ONCE = 4;
const AT_ONCE = 256;
const RESENT_EVERY = 20;
const MALFORMED_EVERY = 100;
const ATTEMPTS_MAX = 200;
const AGAIN_MS = 250;

const REPORT = `mutation ReportSeatUsage($input: ReportSeatUsageInput!) { reportSeatUsage(input: $input) {
  license { id key expiresOn } nextReconciliationOn comeBackAfterSeconds userErrors { code message path retryable } } }`;
const ACTIVATE = `mutation ActivateInstance($input: ActivateInstanceInput!) { activateInstance(input: $input) {
  license { id key plan seats startsOn expiresOn } futureSubscriptions { plan startsOn } userErrors { code message path retryable } } }`;

const today = dayOf(wallClock.now());
const yesterday = addDays(today, -1);
const counted = { billableUsers: 40, maxHistoricalUsers: 45, version: '18.4.0', hostname: 'git.example.com' };
const reportOf = (instance: number, on: string, change: object = {}) => ({
  instanceId: identifierOf(instance),
  licenseId: licenseIdOf(instance),
  on,
  ...counted,
  ...change,
});

export async function measure(progress: Progress): Promise<Report> {
  const { house, activated } = await byItself(progress);
  progress(`starting the product, with ${INSTANCES} instances`);
  const scene = await openSyncScene({ instances: INSTANCES, unused: 2 * ACTIVATIONS, today });
  try {
    progress('signing the tokens of all instances');
    await scene.signIn(identifiers(INSTANCES));
    progress(`${INSTANCES} reports through the gateway; the house is killed on the way`);
    const night = await theNight(scene);
    return reportFrom({ house, activated, night, stored: await storedOn(scene.owner) });
  } finally {
    await scene.close();
  }
}

/** The house alone on the machine: what it can take when its neighbours have machines of their own. */
async function byItself(progress: Progress) {
  progress(`starting the licences house alone, with ${INSTANCES} instances`);
  const alone = await openLicensesAlone(owner => fillLicenses(owner, { instances: INSTANCES, unused: 2 * ACTIVATIONS, today }), AT_ONCE);
  const inHouse: Ask = (instance, document, input) =>
    alone.ask({ subject: `instance:${instance}`, roles: ['INSTANCE'], instanceIdentifier: instance }, document, { input });
  try {
    progress(`${IN_HOUSE} reports, straight to the house`);
    await burst(inHouse, WARM_UP, instance => reportOf(instance, addDays(today, -2)));
    const house = await burst(inHouse, IN_HOUSE, instance => reportOf(instance, yesterday));
    progress(`${ACTIVATIONS} activations, ${ACTIVATIONS_AT_ONCE} at a time`);
    await activations(inHouse, 50, ACTIVATIONS);
    return { house, activated: await activations(inHouse, ACTIVATIONS, 0) };
  } finally {
    await alone.close();
  }
}

interface Burst {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** So many reports, as fast as they are taken. */
async function burst(ask: Ask, count: number, inputOf: (instance: number) => { readonly instanceId: string }): Promise<Burst> {
  const waited: number[] = [];
  const startedAt = performance.now();
  await inParallel(count, AT_ONCE, async index => {
    const askedAt = performance.now();
    const input = inputOf(index + 1);
    const answer = await ask(input.instanceId, REPORT, input);
    if (outcomeOf(answer, 'reportSeatUsage') !== 'taken') throw new Error(`A report was not taken: ${JSON.stringify(answer)}`);
    waited.push(performance.now() - askedAt);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  return { perSecond: count / seconds, p50: percentile(waited, 50), p99: percentile(waited, 99) };
}

async function activations(ask: Ask, count: number, skip: number): Promise<readonly number[]> {
  const waited: number[] = [];
  await inParallel(count, ACTIVATIONS_AT_ONCE, async index => {
    const instance = `new-${skip + index}`;
    const code = codeOf(INSTANCES / INSTANCES_EACH + skip + index + 1);
    const input = { idempotencyKey: instance, activationCode: code, instanceId: instance, hostname: 'git.example', version: '18.4.0' };
    const askedAt = performance.now();
    const answer = await ask(instance, ACTIVATE, input);
    if (outcomeOf(answer, 'activateInstance') !== 'taken') throw new Error(`An activation was refused: ${JSON.stringify(answer)}`);
    waited.push(performance.now() - askedAt);
  });
  return waited;
}

type Scene = Awaited<ReturnType<typeof openSyncScene>>;

/** All instances report today. As good clients do, they send again what was not answered, when they are told to. */
async function theNight({ throughGateway, killHouse }: Scene) {
  const refusals = new Map<string, number>();
  const waited: number[] = [];
  let [taken, sentAgain, comeBacks] = [0, 0, 0];
  const startedAt = performance.now();
  const send = async (input: { readonly instanceId: string }): Promise<string> => {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const answer = await throughGateway(input.instanceId, REPORT, input).catch((): Answered => ({}));
      const outcome = outcomeOf(answer, 'reportSeatUsage');
      if (outcome !== 'again') return outcome;
      const seconds = answer.data?.reportSeatUsage?.comeBackAfterSeconds;
      if (seconds) comeBacks++;
      sentAgain++;
      await pause(seconds ? seconds * 1000 : AGAIN_MS);
    }
    throw new Error(`${input.instanceId} was never answered.`);
  };
  await inParallel(INSTANCES, AT_ONCE, async index => {
    const instance = index + 1;
    if (instance === INSTANCES / 2) killHouse();
    if (instance % MALFORMED_EVERY === 0) {
      const outcome = await send(reportOf(instance, today, malformed(instance)));
      refusals.set(outcome, (refusals.get(outcome) ?? 0) + 1);
    }
    const askedAt = performance.now();
    if ((await send(reportOf(instance, today))) === 'taken') taken++;
    waited.push(performance.now() - askedAt);
    if (instance % RESENT_EVERY === 0) await send(reportOf(instance, today, { billableUsers: 99 }));
  });
  const sent = INSTANCES + INSTANCES / RESENT_EVERY + INSTANCES / MALFORMED_EVERY;
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    taken,
    sent,
    sentAgain,
    comeBacks,
    refusals: Object.fromEntries(refusals),
    perSecond: sent / seconds,
    p99: percentile(waited, 99),
    seconds,
  };
}

/** Three ways to be wrong, one after the other. */
const malformed = (instance: number): object =>
  [{ billableUsers: -1 }, { on: addDays(today, 9) }, { licenseId: 'lic_nobody' }][(instance / MALFORMED_EVERY) % 3] ?? {};

function outcomeOf({ data, errors }: Answered, mutation: string): string {
  const refusal = data?.[mutation]?.userErrors[0];
  if (refusal) return refusal.retryable ? 'again' : refusal.code;
  return data?.[mutation] && !errors ? 'taken' : 'again';
}

async function inParallel(count: number, atOnce: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const client = async () => {
    for (let index = next++; index < count; index = next++) await act(index);
  };
  await Promise.all(Array.from({ length: atOnce }, client));
}

async function storedOn(ownerUrl: string) {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const [rows] = await sql`select count(*)::int as days, count(distinct instance_id)::int as instances,
    count(*) filter (where billable_users <> 40)::int as changed from seat_reports where used_on = ${today}`;
  const [told] = await sql`select count(*)::int as events, count(distinct subject)::int as subjects from event_log
    where type = 'SeatUsageReported.v1' and data->>'on' = ${today}`;
  await sql.end();
  return { ...rows, ...told } as { days: number; instances: number; changed: number; events: number; subjects: number };
}

interface Found {
  readonly house: Burst;
  readonly activated: readonly number[];
  readonly night: Awaited<ReturnType<typeof theNight>>;
  readonly stored: Awaited<ReturnType<typeof storedOn>>;
}

function reportFrom({ house, activated, night, stored }: Found): Report {
  return {
    rows: [
      [
        'reports in the house',
        `${house.perSecond.toFixed(0)} a second, p50 ${ms(house.p50)}, p99 ${ms(house.p99)} with ${AT_ONCE} at once`,
      ],
      ['activation in the house', `p50 ${ms(percentile(activated, 50))}, p99 ${ms(percentile(activated, 99))}`],
      [
        'through the gateway, with a kill',
        `${night.perSecond.toFixed(0)} a second, p99 ${ms(night.p99)}, ${night.seconds.toFixed(0)} s in all`,
      ],
      [`valid reports taken, of ${INSTANCES}`, `${night.taken}`],
      ['days stored, of instances, changed by a resend', `${stored.days}, ${stored.instances}, ${stored.changed}`],
      ['events, of instances', `${stored.events}, ${stored.subjects}`],
      [
        'malformed, refused with',
        Object.entries(night.refusals)
          .map(([code, count]) => `${code} ${count}`)
          .join(', '),
      ],
      ['sent again because unanswered, told when to come back', `${night.sentAgain}, ${night.comeBacks}`],
    ],
    figures: {
      house: { perSecond: rounded(house.perSecond), p50: rounded(house.p50), p99: rounded(house.p99) },
      activationMs: { p50: rounded(percentile(activated, 50)), p99: rounded(percentile(activated, 99)) },
      night: { ...night, perSecond: rounded(night.perSecond), p99: rounded(night.p99), seconds: rounded(night.seconds) },
      stored,
    },
  };
}
