/** A house that a test plays: a schema with a few facts, a log, and moods. It takes signed calls like a real one. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { hopTokenFrom, verifyHop } from '../../kernel/auth/hop-token';
import { observe, VIEWER_READ_HEADER } from '../../kernel/auth/observed-viewer';
import type { Viewer } from '../../kernel/auth/viewer';
import type { LoggedEvent } from '../../kernel/events/event';
import { newIdAt } from '../../kernel/new-id';
import { type HttpRequest, type HttpResponse, json, type Served, serve } from '../../kernel/serve';
import { wallClock } from '../../kernel/time';

export const HOP_SECRET = 'a signing key that is yes_for_tests_only and long';
export const ACCOUNT = `acc_${'a'.repeat(32)}`;
/** The id of an order and an account that nobody here may know of. */
export const HIDDEN = 'hidden';
/** Orders that only those may know of who have the account. */
export const OF_ACCOUNT = 'ord_of_account_';
/** States of orders that are not `FULFILLED`. */
export const orderStates = new Map<string, string>();
export const PARTNER = `par_${'b'.repeat(32)}`;

/** How a house behaves until told otherwise. */
export type Mood = 'up' | 'hangs' | 'refuses' | 'overloaded' | 'garbage' | 'hostile';

export interface FakeHouse {
  readonly name: string;
  readonly url: string;
  /** What reached it: who asked, what for, and whether the caller has left meanwhile. */
  readonly seen: {
    readonly viewer: Viewer;
    readonly correlationId: string;
    readonly query: string;
    readonly signal: AbortSignal;
    readonly traceparent: unknown;
  }[];
  /** Its log, and how it says something more. */
  readonly events: LoggedEvent[];
  announce(event: Pick<LoggedEvent, 'type' | 'subject'> & Partial<LoggedEvent>): LoggedEvent;
  mood: Mood;
  close(): Promise<void>;
}

const resolversOf: Record<string, object> = {
  customers: {
    Query: {
      billingAccount: (_: unknown, { id }: { id: string }) => (id === HIDDEN ? null : { id, name: `Account ${id}` }),
      billingAccounts: () => [1, 2, 3].map(n => ({ id: `acc_${n}`, name: `Account ${n}` })),
      whoAmI: (_: unknown, __: unknown, viewer: Viewer) => JSON.stringify(viewer),
    },
    Mutation: {
      updateContact: (_: unknown, { email }: { email: string }) => email,
      addMember: (_: unknown, { email }: { email: string }) => email,
    },
    BillingAccount: {
      __resolveReference: ({ id }: { id: string }) => ({ id, name: `Account ${id}` }),
      parent: ({ id }: { id: string }) => ({ id: `${id}_parent`, name: 'Parent' }),
    },
  },
  orders: {
    Query: {
      order: (_: unknown, { id }: { id: string }, viewer: Viewer) =>
        id === HIDDEN || (id.startsWith(OF_ACCOUNT) && !viewer.accounts.includes(ACCOUNT as never))
          ? null
          : { id, state: orderStates.get(id) ?? 'FULFILLED', billingAccount: { id: 'acc_1' } },
      broken: () => {
        throw new Error('select * from orders failed at postgres://db.internal:5432/orders');
      },
    },
    Mutation: { placeOrder: () => ({ id: 'ord_1', state: 'ACCEPTED' }), addSeats: () => ({ id: 'ord_2', state: 'ACCEPTED' }) },
    BillingAccount: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      orders: ({ id }: { id: string }) => [{ id: `ord_of_${id}`, state: 'FULFILLED' }],
      ordersTotal: () => 1,
    },
  },
};

export async function openHouse(name: string, sdl: string | null): Promise<FakeHouse> {
  const schema = sdl === null ? null : buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolversOf[name] ?? {} } as never]);
  const { events, announce, route } = eventLog(name);
  const house: { -readonly [Key in keyof FakeHouse]: FakeHouse[Key] } = {
    name,
    url: '',
    seen: [],
    events,
    announce,
    mood: 'up',
    close: async () => {},
  };
  const served: Served = await serve({
    port: 0,
    bodyMax: 10_000_000,
    handle: request => (request.path === '/events' ? route(request) : answer(house, schema, request)),
    onFault: () => {},
  });
  house.url = served.url;
  house.close = () => served.close(0);
  return house;
}

/** The log of a house, in memory: asked as a real one is. */
function eventLog(source: string) {
  const events: LoggedEvent[] = [];
  const waiting = new Set<() => void>();
  const announce: FakeHouse['announce'] = said => {
    const position = events.length + 1;
    const own = {
      id: newIdAt(wallClock.now())('event'),
      source,
      position,
      accountId: null,
      time: wallClock.now().toISOString(),
      data: null,
    };
    const event = { correlationId: 'test', causationId: 'test', ...own, ...said };
    events.push(event);
    for (const wake of waiting) wake();
    waiting.clear();
    return event;
  };
  const route = async ({ target, query, headers, signal }: HttpRequest): Promise<HttpResponse> => {
    if (!verifyHop([HOP_SECRET], source, target, hopTokenFrom(headers.authorization), wallClock.now())) return json(401, {});
    const types = query.get('types')?.split(',');
    for (const until = performance.now() + Number(query.get('wait')) * 1000; ; ) {
      const found = events.filter(({ type, position }) => position > Number(query.get('after')) && (!types || types.includes(type)));
      const page = found.slice(0, Number(query.get('limit')));
      const through = page.length < found.length ? page.at(-1)?.position : events.length;
      if (page.length > 0 || performance.now() >= until || signal.aborted) return json(200, { events: page, through });
      await new Promise<void>(wake => {
        waiting.add(wake);
        signal.addEventListener('abort', () => wake());
      });
    }
  };
  return { events, announce, route };
}

async function answer(house: FakeHouse, schema: GraphQLSchema | null, request: HttpRequest): Promise<HttpResponse> {
  const claims = verifyHop([HOP_SECRET], house.name, request.body, hopTokenFrom(request.headers.authorization), wallClock.now());
  if (!claims)
    return json(401, { errors: [{ message: 'This house only answers signed calls.', extensions: { code: 'UNAUTHENTICATED' } }] });
  const body = JSON.parse(request.body);
  const { signal, headers } = request;
  house.seen.push({ ...claims, query: body.query ?? request.path, signal, traceparent: headers['traceparent'] });
  if (house.mood === 'hangs') await new Promise(left => request.signal.addEventListener('abort', left));
  if (house.mood === 'refuses') return json(401, { errors: [{ message: 'no' }] });
  if (house.mood === 'overloaded') return json(503, { message: 'no connection to 10.0.0.9' });
  if (house.mood === 'garbage')
    return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>http://orders.internal</html>' };
  if (house.mood === 'hostile') return { status: 200, body: '{"data":{"order":{"id":"1","__proto__":{"polluted":true},"state":"X"}}}' };
  if (request.path === '/clients/authenticate') {
    const isKnown = body.clientId === 'pcl_1' && body.clientSecret === 'the secret';
    return isKnown
      ? json(200, { clientId: 'pcl_1', partnerId: PARTNER, scopes: ['marketplace.order:create', 'marketplace.order:read'] })
      : json(401, {});
  }
  if (!schema) return json(404, {});
  const { viewer, read } = observe(claims.viewer);
  const result = await graphql({ schema, source: body.query, variableValues: body.variables, contextValue: viewer });
  return json(200, result, { [VIEWER_READ_HEADER]: read().join() });
}
