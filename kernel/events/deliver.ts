import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Transaction } from '../db/database';
import { isTransient } from '../db/faults';
import type { Log } from '../log';
import { type Piece, runTogether, runWork, type Timing, type WorkContext } from '../run-work';
import type { Telemetry } from '../telemetry';
import type { Work } from '../work';
import type { LoggedEvent } from './event';
import { type AnyHandler, type HandlersBySource, handlerFor } from './handlers';
import { type Admission, admit, deadLetters, markReplayed, park } from './inbox';

/** Everything it takes to act on a neighbour's event. */
export interface Delivery {
  readonly house: string;
  readonly database: Database;
  readonly handlers: HandlersBySource;
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** The moment at which an event is handled, and the ids that may be made for it. */
  readonly surroundings: (cause: LoggedEvent) => Timing;
}

const ATTEMPTS_MAX = 3;
const RETRY_MS = [50, 250] as const;
const TRANSIENT_RETRY_MAX_MS = 2_000;

/**
 * Handles one event: effect and memory of it in one transaction. A fault of the event itself is tried three times, then
 * parked with its reason; a fault of the surroundings (no database, a collision) is tried until it passes.
 */
export async function deliver(delivery: Delivery, event: LoggedEvent, signal: AbortSignal): Promise<void> {
  const handler = handlerFor(delivery.handlers, event.source, event.type);
  if (!handler) return;
  for (let attempt = 1, transient = 0; !signal.aborted; ) {
    try {
      const outcome = await attemptOnce(delivery, handler, event, false);
      delivery.telemetry.eventsHandled.inc({ source: event.source, type: event.type, outcome });
      return;
    } catch (fault) {
      if (isTransient(fault)) {
        await pause(Math.min(25 * 2 ** transient++, TRANSIENT_RETRY_MAX_MS), null, { signal }).catch(() => {});
      } else if (attempt < ATTEMPTS_MAX) {
        await pause(RETRY_MS[attempt++ - 1]);
      } else {
        await giveUp(delivery, handler, event, fault, attempt);
        return;
      }
    }
  }
}

/**
 * Handles several events of a busy log in one transaction, which saves most of what a transaction costs. Should any of
 * them fail, nothing was kept, and each is handled by itself.
 */
export async function deliverTogether(delivery: Delivery, events: readonly LoggedEvent[], signal: AbortSignal): Promise<void> {
  const outcomes: (readonly [LoggedEvent, string])[] = [];
  const handled = events.flatMap(event => {
    const handler = handlerFor(delivery.handlers, event.source, event.type);
    return handler ? [{ event, handler }] : [];
  });
  const piecesOf = async (tx: Transaction): Promise<readonly Piece[]> => {
    const admissions = await admit(
      tx,
      handled.map(({ event }) => event),
    );
    return handled.map(({ event, handler }) => ({
      context: workContext(delivery, event),
      body: async work => void outcomes.push([event, await actOn(work, handler, event, admissions.get(event.id)!)]),
    }));
  };
  const isDone = await runTogether(delivery.database, piecesOf).then(
    () => true,
    () => false,
  );
  if (isDone) {
    for (const [{ source, type }, outcome] of outcomes) delivery.telemetry.eventsHandled.inc({ source, type, outcome });
    return;
  }
  for (const event of events) await deliver(delivery, event, signal);
}

/** Acts on what was parked, in order, after the reason is mended. Answers how many were handled. */
export async function replayDeadLetters(delivery: Delivery): Promise<number> {
  let replayed = 0;
  for (const { event } of await deadLetters(delivery.database.orm)) {
    const handler = handlerFor(delivery.handlers, event.source, event.type);
    if (!handler) continue;
    await attemptOnce(delivery, handler, event, true);
    replayed++;
  }
  return replayed;
}

type Outcome = 'handled' | 'known' | 'behind';

const attemptOnce = (delivery: Delivery, handler: AnyHandler, event: LoggedEvent, isReplay: boolean): Promise<Outcome> =>
  runWork(delivery.database, workContext(delivery, event), async work => {
    const admissions = await admit(work.tx, [event], isReplay);
    const outcome = await actOn(work, handler, event, admissions.get(event.id)!);
    if (isReplay) await markReplayed(work.tx, event, work.now);
    return outcome;
  });

async function actOn(work: Work<never>, handler: AnyHandler, event: LoggedEvent, admission: Admission): Promise<Outcome> {
  if (admission === 'behind') await park(work.tx, event, 'An earlier event of this account waits.', 0, work.now);
  if (admission === 'fresh') await handler.handle(work, event);
  return admission === 'fresh' ? 'handled' : admission;
}

async function giveUp(delivery: Delivery, handler: AnyHandler, event: LoggedEvent, fault: unknown, attempts: number): Promise<void> {
  const reason =
    fault instanceof Error ? `${fault.message}${fault.cause instanceof Error ? `: ${fault.cause.message}` : ''}` : String(fault);
  delivery.log.error('event parked', { source: event.source, eventType: event.type, eventId: event.id, position: event.position, fault });
  await runWork(delivery.database, workContext(delivery, event), async work => {
    await park(work.tx, event, reason, attempts, work.now);
    await handler.whenParked?.(work, event, reason);
  });
  delivery.telemetry.eventsHandled.inc({ source: event.source, type: event.type, outcome: 'parked' });
}

function workContext(delivery: Delivery, event: LoggedEvent): WorkContext {
  return {
    house: delivery.house,
    ...delivery.surroundings(event),
    actor: `house:${event.source}`,
    correlationId: event.correlationId,
    causationId: event.id,
  };
}
