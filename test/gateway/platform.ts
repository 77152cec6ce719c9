/** Two small houses that federate, a client check, and a gateway in front of them: everything over real HTTP. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { openGateway } from '../../gateway/server';
import { silentLog } from '../../kernel/log';
import { HOP_SECRET, openHouse } from './fake-house';

export { ACCOUNT, PARTNER } from './fake-house';

const link = (...imports: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports.map(name => `"@${name}"`).join(', ')}])`;

export const CUSTOMERS = `
  ${link('key', 'inaccessible', 'tag')}
  type Query { billingAccount(id: ID!): BillingAccount  billingAccounts(first: Int = 20): [BillingAccount!]!  whoAmI: String! @tag(name: "partner")  account__secret: String @inaccessible }
  type Mutation { updateContact(email: String!): String  addMember(email: String!): String }
  type BillingAccount @key(fields: "id") { id: ID!  name: String!  parent: BillingAccount  note: String! }
`;
export const ORDERS = `
  ${link('key', 'tag')}
  type Query { order(id: ID!): Order  broken: String @tag(name: "partner")  refusedHere: String }
  type Mutation { placeOrder(input: PlaceOrderInput!): Order  addSeats(quantity: Int!): Order }
  input PlaceOrderInput { sku: String!  quantity: Int!  action: ActionInput }
  input ActionInput @oneOf { addSeats: Int  cancel: String }
  type BillingAccount @key(fields: "id") { id: ID!  orders(first: Int = 20): [Order!]  ordersTotal: Int }
  scalar DateTime
  type Order @key(fields: "id") { id: ID!  state: String!  placedAt: DateTime  billingAccount: BillingAccount }
`;

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

/** Opens houses and gateway; `variables` are added to the gateway's environment, `real` are houses that stand elsewhere. */
export async function openPlatform(variables: NodeJS.ProcessEnv = {}, real: Readonly<Record<string, string>> = {}) {
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
    HOUSES: JSON.stringify({ customers: customers.url, orders: orders.url, partners: partners.url, ...real }),
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
