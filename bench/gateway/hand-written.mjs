// What a good programmer would write for exactly these queries: batches by key, nothing general, plain fetching and printing.
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { answer } from './houses.mjs';

const REVIEWS = 'reviews { id body author { id username } product { upc } }';

async function ask(pool, house, query, variables, authorization) {
  const { body } = await pool.request({
    method: 'POST',
    path: `/${house}/graphql`,
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
  });
  return (await body.json()).data;
}

async function full(pool, authorization) {
  const send = (house, query, variables) => ask(pool, house, query, variables, authorization);
  const entities = (house, typename, key, ids, selection) =>
    send(
      house,
      `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { ${selection} } } }`,
      { representations: ids.map(id => ({ __typename: typename, [key]: id })) },
    ).then(({ _entities }) => new Map(_entities.map((entity, at) => [ids[at], entity])));
  const [{ users }, { topProducts }] = await Promise.all([
    send('accounts', '{ users { id username name } }'),
    send('products', '{ topProducts { upc name price weight } }'),
  ]);
  const reviewsByUser = new Map();
  const reviewsByProduct = new Map();
  let userIds = users.map(({ id }) => id);
  let upcs = topProducts.map(({ upc }) => upc);
  for (let wave = 0; wave < 2 && userIds.length + upcs.length > 0; wave += 1) {
    const [byUser, byProduct] = await Promise.all([
      userIds.length > 0 ? entities('reviews', 'User', 'id', userIds, REVIEWS) : new Map(),
      upcs.length > 0 ? entities('reviews', 'Product', 'upc', upcs, REVIEWS) : new Map(),
    ]);
    for (const [id, { reviews }] of byUser) reviewsByUser.set(id, reviews);
    for (const [upc, { reviews }] of byProduct) reviewsByProduct.set(upc, reviews);
    const all = [...reviewsByUser.values(), ...reviewsByProduct.values()].flat();
    userIds = [...new Set(all.map(({ author }) => author.id))].filter(id => !reviewsByUser.has(id));
    upcs = [...new Set(all.map(({ product }) => product.upc))].filter(upc => !reviewsByProduct.has(upc));
  }
  const everyUser = [...reviewsByUser.keys()];
  const everyProduct = [...new Set([...reviewsByProduct.keys(), ...[...reviewsByUser.values()].flat().map(({ product }) => product.upc)])];
  const [names, details] = await Promise.all([
    entities('accounts', 'User', 'id', everyUser, 'name'),
    entities('products', 'Product', 'upc', everyProduct, 'name price weight'),
  ]);
  const stock = await send(
    'inventory',
    'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { inStock shippingEstimate } } }',
    {
      representations: everyProduct.map(upc => ({
        __typename: 'Product',
        upc,
        price: details.get(upc).price,
        weight: details.get(upc).weight,
      })),
    },
  );
  const stockByUpc = new Map(stock._entities.map((entity, at) => [everyProduct[at], entity]));
  const user = ({ id, username }) => ({ id, username, name: names.get(id).name });
  const product = upc => ({ ...stockByUpc.get(upc), ...details.get(upc), upc });
  const reviewsOfUser = id =>
    reviewsByUser.get(id).map(({ id: own, body, product: { upc } }) => ({ id: own, body, product: product(upc) }));
  const reviewsOfProduct = upc =>
    reviewsByProduct.get(upc).map(({ id, body, author }) => ({ id, body, author: { ...user(author), reviews: reviewsOfUser(author.id) } }));
  return {
    users: users.map(own => ({
      ...own,
      reviews: reviewsByUser
        .get(own.id)
        .map(({ id, body, product: { upc } }) => ({ id, body, product: { ...product(upc), reviews: reviewsOfProduct(upc) } })),
    })),
    topProducts: topProducts.map(({ upc }) => ({ ...product(upc), reviews: reviewsOfProduct(upc) })),
  };
}

export function handWritten(port) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 64 });
  return createServer((request, response) => {
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', async () => {
      const { authorization = '' } = request.headers;
      const data = await full(pool, authorization);
      const text = JSON.stringify({ data });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    });
  });
}

/** The answers as bytes: what is left when nothing is done but HTTP. */
export async function bareAnswers(port) {
  const pool = new Pool(`http://127.0.0.1:${port}`);
  const data = await full(pool, '');
  const other = query => answer(JSON.stringify({ query }));
  return {
    TestQuery: Buffer.from(JSON.stringify({ data })),
    Small: other('{ me { name reviews { id product { upc name inStock } } } }'),
    Tiny: other('{ me { id name } }'),
  };
}
