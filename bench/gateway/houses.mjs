// The four subgraphs of the public federation benchmark, in one process: what they answer is put together by hand, so that
// they cost as little as possible. Each subrequest is looked at only for what it asks.
import { createServer } from 'node:http';
import { parse } from 'graphql';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable", "@provides"])';
export const SDL = {
  accounts: `${link}
    type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  inventory: `${link}
    type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight") }`,
  products: `${link}
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `${link}
    type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] numberOfReviews: Int }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
};

const USERS = Array.from({ length: 6 }, (_, at) => ({
  id: `${at + 1}`,
  name: `Uri Goldshtein ${at}`,
  username: `urigo${at}`,
  birthday: 1234567890 + at,
}));
const PRODUCTS = Array.from({ length: 9 }, (_, at) => ({
  upc: `${at + 1}`,
  name: `Table ${at}`,
  price: 899 + at,
  weight: 100 + at,
  inStock: at % 2 === 0,
}));
const BODY = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore';
const REVIEWS = Array.from({ length: 22 }, (_, at) => ({ id: `${at + 1}`, body: `${BODY} ${at}`, user: at % 6, product: at % 9 }));

const objects = {
  Review: review => ({
    type: 'Review',
    id: review.id,
    body: review.body,
    author: () => objects.User(USERS[review.user]),
    product: () => objects.Product(PRODUCTS[review.product]),
  }),
  User: user => ({
    type: 'User',
    ...user,
    numberOfReviews: 2,
    reviews: () => REVIEWS.filter(({ user: at }) => USERS[at] === user).map(objects.Review),
  }),
  Product: product => ({
    type: 'Product',
    ...product,
    shippingEstimate: Math.round(product.price * product.weight * 0.5),
    reviews: () => REVIEWS.filter(({ product: at }) => PRODUCTS[at] === product).map(objects.Review),
  }),
};

const roots = {
  me: () => objects.User(USERS[0]),
  user: ({ id }) => objects.User(USERS[Number(id) - 1] ?? USERS[0]),
  users: () => USERS.map(objects.User),
  topProducts: ({ first = 5 }) => PRODUCTS.slice(0, first).map(objects.Product),
  _entities: ({ representations }) =>
    representations.map(({ __typename, id, upc }) =>
      __typename === 'User'
        ? objects.User(USERS[Number(id) - 1])
        : __typename === 'Product'
          ? objects.Product(PRODUCTS[Number(upc) - 1])
          : objects.Review(REVIEWS[Number(id) - 1]),
    ),
};

const documents = new Map();
function documentOf(query) {
  let found = documents.get(query);
  if (!found) {
    const { definitions } = parse(query, { noLocation: true });
    const fragments = new Map(definitions.filter(node => node.kind === 'FragmentDefinition').map(node => [node.name.value, node]));
    found = { operation: definitions.find(node => node.kind === 'OperationDefinition'), fragments };
    documents.set(query, found);
  }
  return found;
}

function select(object, { selections }, fragments, variables, into = {}) {
  for (const node of selections) {
    if (node.kind !== 'Field') {
      const fragment = node.kind === 'InlineFragment' ? node : fragments.get(node.name.value);
      const type = fragment.typeCondition?.name.value;
      if (!type || type === object.type) select(object, fragment.selectionSet, fragments, variables, into);
      continue;
    }
    const name = node.name.value;
    const key = node.alias?.value ?? name;
    if (name === '__typename') {
      into[key] = object.type;
      continue;
    }
    let value = object[name];
    if (typeof value === 'function') {
      const given = Object.fromEntries(
        (node.arguments ?? []).map(({ name: own, value: literal }) => [
          own.value,
          literal.kind === 'Variable'
            ? variables?.[literal.name.value]
            : Number.isInteger(Number(literal.value))
              ? Number(literal.value)
              : literal.value,
        ]),
      );
      value = value(given);
    }
    if (node.selectionSet)
      value = Array.isArray(value)
        ? value.map(item => merge(into[key]?.[value.indexOf(item)], select(item, node.selectionSet, fragments, variables)))
        : select(value, node.selectionSet, fragments, variables, into[key]);
    into[key] = value;
  }
  return into;
}
const merge = (known, value) => (known ? Object.assign(known, value) : value);

const answers = new Map();
export function answer(body) {
  let text = answers.get(body);
  if (text === undefined) {
    const { query, variables } = JSON.parse(body);
    const { operation, fragments } = documentOf(query);
    text = Buffer.from(JSON.stringify({ data: select({ type: 'Query', ...roots }, operation.selectionSet, fragments, variables) }));
    // A real house computes; this one remembers, so that the core it shares with the load is not what is measured.
    if (answers.size < 5_000) answers.set(body, text);
  }
  return text;
}

/** Opens all four on one port: `/accounts/graphql` and so on. Counts what it is asked, and takes its time when told to. */
export function openHouses() {
  const houses = { seen: { count: 0 }, delayMs: 0, delays: [] };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      houses.seen.count += 1;
      const askedAt = performance.now();
      const send = () => {
        if (houses.delayMs > 0) houses.delays.push(performance.now() - askedAt);
        const text = answer(Buffer.concat(chunks).toString());
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
        response.end(text);
      };
      if (houses.delayMs > 0) setTimeout(send, houses.delayMs);
      else send();
    });
  });
  server.keepAliveTimeout = 60_000;
  return new Promise(done => server.listen(0, '127.0.0.1', () => done(Object.assign(houses, { server, port: server.address().port }))));
}
