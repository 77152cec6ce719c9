import type { AccountId, EventId } from '../ids';

/** What every event says about itself, after CloudEvents: who speaks, about what, when, and because of what. */
export interface EventEnvelope<Type extends string = string, Payload = unknown> {
  /** Unique and stable: a reader remembers it and never acts twice. */
  readonly id: EventId;
  /** The house that speaks. */
  readonly source: string;
  /** Past tense and versioned: `OrderAccepted.v1`. */
  readonly type: Type;
  /** The id of what changed. */
  readonly subject: string;
  /** The billing account it belongs to, where there is one. Events of one account are handled in order. */
  readonly accountId: AccountId | null;
  /** RFC 3339, UTC. */
  readonly time: string;
  /** One for everything that follows from one request. */
  readonly correlationId: string;
  /** The event or request that this one follows from. */
  readonly causationId: string;
  readonly data: Payload;
}

/** An event as its reader gets it: with its gapless place in the log of the house that speaks. */
export interface LoggedEvent<Type extends string = string, Payload = unknown> extends EventEnvelope<Type, Payload> {
  readonly position: number;
}

/** The events of a house: a type for each name. Declared in its `events/published.ts`. */
export type EventMap = object;
export type EventTypeOf<Events extends EventMap> = keyof Events & string;
export type EventOf<Events extends EventMap, Type extends EventTypeOf<Events>> = LoggedEvent<Type, Events[Type]>;
