import { hashOf } from '#kernel/auth/hop-token';
import type { HouseCaller } from '../house-caller';
import type { WireAnswer } from '../house-wire';
import type { RequestContext } from '../request-context';
import { viewerKey } from '../viewer-key';

/** One subrequest of a plan. */
export interface Question {
  readonly house: string;
  readonly body: string;
  /** Reads may be sent again, and shared with another request of the same viewer. Changes never. */
  readonly isRepeatable: boolean;
}

/** Sends subrequests, and lets requests of one viewer share those that are the same and on their way. */
export interface Flights {
  /** Reads that flew, and those that were passengers of another's flight. */
  readonly counts: { flown: number; shared: number };
  send(question: Question, context: RequestContext): Promise<WireAnswer>;
}

/**
 * The same question of the same viewer to the same house has one answer at any moment. What is shared is its text: each
 * request parses its own, because answers grow while they are put together. A flight is given up when all who wait for
 * it have left. A change is never shared: asked twice, it is meant twice. And nobody boards a flight that left before a
 * change of the same person was answered: whoever has read that something is done finds it done.
 */
export function openFlights(caller: HouseCaller, path: string): Flights {
  const flights = new Map<string, Flight>();
  const counts = { flown: 0, shared: 0 };
  const forgetOf = (subject: string): void => {
    for (const [key, flight] of flights) if (flight.subject === subject) flights.delete(key);
  };
  return {
    counts,
    send({ house, body, isRepeatable }, { viewer, requestId: correlationId, signal, since = '' }) {
      if (!isRepeatable) {
        const changed = caller.ask(house, { path, body, viewer, correlationId, signal, isRepeatable });
        // A change that brought no answer may have happened all the same.
        return changed.finally(() => forgetOf(viewer.subject));
      }
      // The hop token is tied to the same hash, so it costs nothing here, and keys stay short.
      const bodyHash = hashOf(body);
      const key = `${bodyHash}${viewerKey(viewer)}${house} ${since}`;
      let flight = flights.get(key);
      if (!flight) {
        const end = new AbortController();
        const answer = caller.ask(house, { path, body, bodyHash, viewer, correlationId, signal: end.signal, isRepeatable });
        const started: Flight = new Flight(viewer.subject, answer, end, () => flights.get(key) === started && flights.delete(key));
        flights.set(key, started);
        flight = started;
        counts.flown += 1;
      } else {
        counts.shared += 1;
      }
      flight.board(signal);
      return flight.answer;
    },
  };
}

interface Passenger {
  readonly signal: AbortSignal;
  readonly leave: () => void;
}

class Flight {
  private readonly passengers = new Set<Passenger>();

  constructor(
    /** Whose it is, whichever of that person's tokens it was asked with. */
    readonly subject: string,
    readonly answer: Promise<WireAnswer>,
    private readonly end: AbortController,
    private readonly forget: () => unknown,
  ) {
    const landed = () => this.land();
    answer.then(landed, landed);
  }

  board(signal: AbortSignal): void {
    const passenger = { signal, leave: () => this.leave(passenger) };
    this.passengers.add(passenger);
    if (signal.aborted) passenger.leave();
    else signal.addEventListener('abort', passenger.leave);
  }

  private leave(passenger: Passenger): void {
    this.passengers.delete(passenger);
    if (this.passengers.size > 0) return;
    // Who comes now must not board a flight that is given up.
    this.forget();
    this.end.abort();
  }

  private land(): void {
    this.forget();
    for (const { signal, leave } of this.passengers) signal.removeEventListener('abort', leave);
    this.passengers.clear();
  }
}
