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
  send(question: Question, context: RequestContext): Promise<WireAnswer>;
}

interface Flight {
  readonly answer: Promise<WireAnswer>;
  readonly end: AbortController;
  passengers: number;
}

/**
 * The same question of the same viewer to the same house has one answer at any moment. What is shared is its text: each
 * request parses its own, because answers grow while they are put together. A flight is given up when all who wait for
 * it have left. A change is never shared: asked twice, it is meant twice.
 */
export function openFlights(caller: HouseCaller, path: string): Flights {
  const flights = new Map<string, Flight>();
  const start = ({ house, body, isRepeatable }: Question, { viewer, requestId }: RequestContext, signal: AbortSignal) =>
    caller.ask(house, { path, body, viewer, correlationId: requestId, signal, isRepeatable });
  return {
    send(question, context) {
      if (!question.isRepeatable) return start(question, context, context.signal);
      const key = `${question.house}\n${viewerKey(context.viewer)}\n${context.since ?? ''}\n${question.body}`;
      let flight = flights.get(key);
      if (!flight) {
        const end = new AbortController();
        const answer = start(question, context, end.signal).finally(() => flights.delete(key));
        flight = { answer, end, passengers: 0 };
        flights.set(key, flight);
      }
      return board(flight, context.signal, () => flights.delete(key));
    },
  };
}

async function board(flight: Flight, signal: AbortSignal, forget: () => void): Promise<WireAnswer> {
  flight.passengers += 1;
  const leave = () => {
    flight.passengers -= 1;
    if (flight.passengers > 0) return;
    // Who comes now must not board a flight that is given up.
    forget();
    flight.end.abort();
  };
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  try {
    return await flight.answer;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
