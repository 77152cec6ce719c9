/** Two small houses that federate, a client check, and a gateway in front of them: everything over real HTTP. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { openGateway } from '../../gateway/server';
import { hopTokenFrom, verifyHop } from '../../kernel/auth/hop-token';
import type { Viewer } from '../../kernel/auth/viewer';
import type { LoggedEvent } from '../../kernel/events/event';
import { silentLog } from '../../kernel/log';
import { newIdAt } from '../../kernel/new-id';
import { type HttpRequest, type HttpResponse, json, type Served, serve } from '../../kernel/serve';
import { wallClock } from '../../kernel/time';

export const HOP_SECRET = 'a signing key that is yes_for_tests_only and long';
export const ACCOUNT = `acc_${'a'.repeat(32)}`;
export const PARTNER = `par_${'b'.repeat(32)}`;

const link = (...imports: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports.map(name => `"@${name}"`).join(', ')}])`;

export const CUSTOMERS = `
  ${link('key', 'inaccessible')}
  type Query { billingAccount(id: ID!): BillingAccount  billingAccounts(first: Int = 20): [BillingAccount!]!  whoAmI: String!  account__secret: String @inaccessible }
  type Mutation { updateContact(email: String!): String  addMember(email: String!): String }
  type BillingAccount @key(fields: "id") { id: ID!  name: String!  parent: BillingAccount  note: String! }
`;
export const ORDERS = `
  ${link('key')}
  type Query { order(id: ID!): Order  broken: String  refusedHere: String }
  type Mutation { placeOrder(input: PlaceOrderInput!): Order  addSeats(quantity: Int!): Order }
  input PlaceOrderInput { sku: String!  quantity: Int!  action: ActionInput }
  input ActionInput @oneOf { addSeats: Int  cancel: String }
  type BillingAccount @key(fields: "id") { id: ID!  orders(first: Int = 20): [Order!]  ordersTotal: Int }
  type Order @key(fields: "id") { id: ID!  state: String!  billingAccount: BillingAccount }
`;

/** How a house behaves until told otherwise. */
export type Mood = 'up' | 'hangs' | 'refuses' | 'overloaded' | 'garbage' | 'hostile';

export interface FakeHouse {
  readonly name: string;
  readonly url: string;
  /** What reached it: who asked, what for, and whether the caller has left meanwhile. */
  readonly seen: { readonly viewer: Viewer; readonly correlationId: string; readonly query: string; readonly signal: AbortSignal }[];
  /** Its log, and how it says something more. */
  readonly events: LoggedEvent[];
  announce(event: Pick<LoggedEvent, 'type' | 'subject'> & Partial<LoggedEvent>): LoggedEvent;
  mood: Mood;
  close(): Promise<void>;
}

const resolversOf: Record<string, object> = {
  customers: {
    Query: {
      billingAccount: (_: unknown, { id }: { id: string }) => ({ id, name: `Account ${id}` }),
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
      order: (_: unknown, { id }: { id: string }) => ({ id, state: 'FULFILLED', billingAccount: { id: 'acc_1' } }),
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

async function openHouse(name: string, sdl: string | null): Promise<FakeHouse> {
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
  house.seen.push({ ...claims, query: body.query ?? request.path, signal: request.signal });
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
  return json(200, await graphql({ schema, source: body.query, variableValues: body.variables, contextValue: claims.viewer }));
}

export function supergraphOf(houses: Readonly<Record<string, string>>): string {
  const composed = composeServices(
    Object.entries(houses).map(([name, sdl]) => ({ name, url: 'http://not-the-address.invalid', typeDefs: parse(sdl) })),
  );
  if (!composed.supergraphSdl) throw new Error(composed.errors?.map(error => error.message).join('; '));
  return composed.supergraphSdl;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of an answer
  readonly body: any;
}

export type Platform = Awaited<ReturnType<typeof openPlatform>>;

/** Opens houses and gateway; `variables` are added to the gateway's environment. */
export async function openPlatform(variables: NodeJS.ProcessEnv = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const supergraphPath = join(folder, 'supergraph.graphql');
  await writeFile(supergraphPath, supergraphOf({ customers: CUSTOMERS, orders: ORDERS }));
  const [customers, orders, partners] = await Promise.all([
    openHouse('customers', CUSTOMERS),
    openHouse('orders', ORDERS),
    openHouse('partners', null),
  ]);
  const environment = {
    ENVIRONMENT: 'test',
    ...(process.env['EXECUTION'] && { EXECUTION: process.env['EXECUTION'] }),
    PORT: '0',
    HOUSES: JSON.stringify({ customers: customers.url, orders: orders.url, partners: partners.url }),
    HOP_SECRETS: HOP_SECRET,
    SUPERGRAPH_PATH: supergraphPath,
    DATA_DIR: folder,
    DEVELOPMENT_ISSUER: 'yes_for_development_only',
    HOUSE_DEADLINE_MS: '400',
    EXPLORER_PATH: join(folder, 'explorer'),
    ...variables,
  };
  const gateway = await openGateway({ environment, log: silentLog });
  const mint = gateway.mint ?? (async () => '');
  const send = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await fetch(gateway.url + path, { redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const as = async (claims: Readonly<Record<string, unknown>>) => {
    const authorization = `Bearer ${await mint({ sub: 'usr_1', ...claims })}`;
    return (query: string, variables: object = {}) => post({ query, variables }, { authorization });
  };
  return {
    folder,
    supergraphPath,
    environment,
    gateway,
    mint,
    customers,
    orders,
    partners,
    send,
    post,
    as,
    async close() {
      await gateway.close();
      await Promise.all([customers.close(), orders.close(), partners.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
