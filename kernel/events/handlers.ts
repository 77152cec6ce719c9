import type { Work } from '../work';
import type { EventMap, EventOf, EventTypeOf, LoggedEvent } from './event';

/** What a house does when a neighbour speaks: one transaction, which may run twice and must then change nothing more. */
export type Handle<Own extends EventMap, Event> = (work: Work<Own>, event: Event) => Promise<void>;

/** A handler that wants the last word when its event is given up on: it may announce that a step has failed. */
export interface HandleOrPark<Own extends EventMap, Event> {
  readonly handle: Handle<Own, Event>;
  readonly whenParked: (work: Work<Own>, event: Event, reason: string) => Promise<void>;
}

/** Handlers for the events of one neighbour, by type. Types that are left out are not fetched. */
export type HandlersOf<Own extends EventMap, Theirs extends EventMap> = {
  readonly [Type in EventTypeOf<Theirs>]?: Handle<Own, EventOf<Theirs, Type>> | HandleOrPark<Own, EventOf<Theirs, Type>>;
};

/** Handlers by neighbour and type, as the reader uses them. */
export type HandlersBySource = Readonly<
  Record<string, Readonly<Record<string, Handle<never, never> | HandleOrPark<never, never> | undefined>>>
>;

export interface AnyHandler {
  readonly handle: (work: Work<never>, event: LoggedEvent) => Promise<void>;
  readonly whenParked: ((work: Work<never>, event: LoggedEvent, reason: string) => Promise<void>) | null;
}

/** The handler for an event's type, in one shape. The reader vouches that type and payload belong together. */
export function handlerFor(handlers: HandlersBySource, source: string, type: string): AnyHandler | null {
  const declared = handlers[source]?.[type];
  if (!declared) return null;
  if (typeof declared === 'function') return { handle: declared as AnyHandler['handle'], whenParked: null };
  return declared as unknown as AnyHandler;
}
