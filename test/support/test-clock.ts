/** The clock of houses that all live in this process: set at once, or moved stop by stop as a deployment's is. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import { lastDue, nextDue } from '../../kernel/clock/calendar';
import { shiftTo } from '../../kernel/clock/clock-row';
import { nextStop } from '../../kernel/clock/steps';
import { isAtRest, type Standing, standingOf } from '../../kernel/clock/timers';
import type { OpenHouse } from '../../kernel/house';
import { runCalendarJob } from '../../kernel/jobs';
import type { Clock } from '../../kernel/time';

export interface TestClock extends Clock {
  /**
   * Shows another moment from now on, and runs on from there. What would have been due in between is not waited for; before
   * it goes back, the houses must be at rest, as what was due stays undone until its moment comes again.
   */
  set(to: Date): Promise<void>;
  /**
   * Moves to a later moment, stop by stop, past days on which nobody has anything to do; all that is due on the way is done before
   * it answers. It stands then.
   */
  moveTo(to: Date): Promise<void>;
  /** Waits where it stands until every event is heard and every due job is done. */
  untilAtRest(): Promise<void>;
}

/** Gives a fresh database its clock, before its house opens. */
export async function beginClock(admin: postgres.Sql, now: Date, isStanding = false): Promise<void> {
  await admin`insert into deployment_clock (number, stands_at, shift_ms, timers_at) values (1, ${isStanding ? now : null}, ${shiftTo(now)}, ${now})`;
}

/** Lets a house see a moment at which its clock stands. */
export function showTime({ deploymentClock: clock }: OpenHouse, at: Date): void {
  clock!.show({ number: clock!.state.number + 1, standsAt: at, shiftMs: shiftTo(at) });
}

/** Keeps what the houses are shown, so that their queues see it too, and not less than `least`. */
export const keepTime = (houses: readonly OpenHouse[], least = new Date(0)): Promise<unknown> =>
  Promise.all(
    houses.map(({ database, deploymentClock }) => {
      const { number, standsAt, shiftMs } = deploymentClock!.state;
      const timersAt = new Date(Math.max(deploymentClock!.now().getTime(), least.getTime())).toISOString();
      return database.orm.execute(sql`/* test.keepTime */ with kept as (
        update deployment_clock set number = ${number}, stands_at = ${standsAt?.toISOString() ?? null}::timestamptz, shift_ms = ${shiftMs},
          timers_at = ${standsAt === null ? sql`least(timers_at, ${timersAt}::timestamptz)` : sql`${timersAt}::timestamptz`}
      ) select pg_notify('jobs:insert', '{"count":8}')`);
    }),
  );

const AT_REST_MS_MAX = 60_000;
const DAY_MS = 86_400_000;
/** How far it looks whether anything is due; not two weeks, as a term that was missed for so long is not renewed. */
const DAYS_AHEAD_MAX = 8;
const DAYS_AHEAD_MIN = 2;

export function testClock(open: () => readonly OpenHouse[]): TestClock {
  const now = () => open()[0]!.ground.clock.now();
  const atRest = new Map<string, { readonly units: number; readonly standing: Standing }>();

  const show = (at: Date, isStanding: boolean) => {
    const houses = open();
    const number = Math.max(...houses.map(({ deploymentClock }) => deploymentClock!.state.number)) + 1;
    for (const { deploymentClock } of houses) deploymentClock!.show({ number, standsAt: isStanding ? at : null, shiftMs: shiftTo(at) });
  };

  async function comeToRest(): Promise<void> {
    const houses = open();
    await keepTime(houses);
    const until = performance.now() + AT_REST_MS_MAX;
    for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 1.5, 20)) {
      const looks = await Promise.all(houses.map(look));
      if (
        isAtRest(
          looks.map(({ standing }) => standing),
          0,
        )
      ) {
        for (const [index, { name }] of houses.entries()) atRest.set(name, looks[index]!);
        return;
      }
      if (performance.now() > until) throw new Error(`The houses did not come to rest: ${JSON.stringify(looks)}`);
      await pause(pauseMs);
    }
  }

  /** Takes nothing for granted: a house may have been opened again, and have read its neighbours' logs from their beginning. */
  function untilAtRest(): Promise<void> {
    atRest.clear();
    return comeToRest();
  }

  /** The counter is read first: what is kept while it looks is seen as a change afterwards. */
  async function look({ name, database, deploymentClock, delivery }: OpenHouse) {
    const { units } = database.kept;
    const since = atRest.get(name)?.standing.newest ?? 0;
    return {
      units,
      standing: await standingOf({ house: name, database, clock: deploymentClock!.state, handlers: delivery.handlers, since }),
    };
  }

  const isQuiet = ({ name, database }: OpenHouse, at: Date) => {
    const known = atRest.get(name);
    return known?.units === database.kept.units && (known.standing.nextJobAt === null || known.standing.nextJobAt > at);
  };

  /** True when no house has anything to do up to a moment: nothing in its queue, and nothing by its calendar. */
  async function isIdleUntil(until: Date): Promise<boolean> {
    const houses = open();
    if (!houses.every(house => isQuiet(house, until))) return false;
    const entries = houses.flatMap(({ jobs, database }) => jobs.cron.map(entry => entry.isIdleUntil(database.orm, until)));
    return (await Promise.all(entries)).every(isIdle => isIdle);
  }

  async function letTimersGo(from: Date, at: Date): Promise<void> {
    const houses = open();
    await Promise.all(
      houses.map(async ({ jobs }) => {
        for (const entry of jobs.cron) {
          const due = lastDue(entry, from, at);
          if (due) await runCalendarJob(jobs, entry.job, due);
        }
      }),
    );
    if (!houses.every(house => isQuiet(house, at))) await comeToRest();
  }

  return {
    now,
    untilAtRest,
    set: async to => {
      show(to, false);
      await keepTime(open());
    },
    moveTo: async to => {
      let at = now();
      show(at, true);
      await untilAtRest();
      for (let daysAhead = DAYS_AHEAD_MAX; at < to; ) {
        const far = new Date(Math.min(at.getTime() + daysAhead * DAY_MS, to.getTime()));
        if (await isIdleUntil(far)) {
          show(far, true);
          await letTimersGo(at, far);
          at = far;
          daysAhead = Math.min(2 * daysAhead, DAYS_AHEAD_MAX);
          continue;
        }
        daysAhead = Math.max(daysAhead / 2, DAYS_AHEAD_MIN);
        const stops = open().map(({ name, jobs }) => ({
          nextJobAt: atRest.get(name)!.standing.nextJobAt,
          nextDueAt: nextDue(jobs.cron, at),
        }));
        const next = nextStop(at, to, stops);
        show(next, true);
        await letTimersGo(at, next);
        at = next;
      }
      await keepTime(open());
    },
  };
}
