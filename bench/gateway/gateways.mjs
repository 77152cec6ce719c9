// One gateway for each name, started as `node gateways.mjs <name> <port of the houses> <supergraph>`; says its port to its parent.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { SDL } from './houses.mjs';

process.env.APOLLO_TELEMETRY_DISABLED = 'true';
process.env.NODE_ENV = 'production';
const [name, housesPort, supergraphPath] = process.argv.slice(2);
const supergraphSdl = () => readFileSync(supergraphPath, 'utf8');

const listen = server => new Promise(done => server.listen(0, '127.0.0.1', () => done(server.address().port)));

const gateways = {
  async bare() {
    const { bareAnswers } = await import('./hand-written.mjs');
    const answers = await bareAnswers(housesPort);
    return listen(
      createServer((request, response) => {
        const chunks = [];
        request.on('data', chunk => chunks.push(chunk));
        request.on('end', () => {
          const { operationName } = JSON.parse(Buffer.concat(chunks).toString());
          const text = answers[operationName];
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
          response.end(text);
        });
      }),
    );
  },

  async handWritten() {
    const { handWritten } = await import('./hand-written.mjs');
    return listen(handWritten(housesPort));
  },

  async stock() {
    const { ApolloServer } = await import('@apollo/server');
    const { startStandaloneServer } = await import('@apollo/server/standalone');
    const { ApolloGateway, RemoteGraphQLDataSource } = await import('@apollo/gateway');
    const gateway = new ApolloGateway({
      supergraphSdl: supergraphSdl(),
      buildService: ({ url }) =>
        new RemoteGraphQLDataSource({
          url,
          willSendRequest: ({ request, context }) => request.http.headers.set('authorization', context.authorization ?? ''),
        }),
    });
    const server = new ApolloServer({ gateway, introspection: false });
    const { url } = await startStandaloneServer(server, {
      listen: { port: 0, host: '127.0.0.1' },
      context: async ({ req }) => ({ authorization: req.headers.authorization }),
    });
    return Number(new URL(url).port);
  },

  hive: () => hive({}),
  async hiveNative() {
    const { unifiedGraphHandler } = await import('@graphql-hive/router-runtime');
    return hive({ unifiedGraphHandler });
  },

  async mercurius() {
    const { default: fastify } = await import('fastify');
    const { default: mercuriusGateway } = await import('@mercuriusjs/gateway');
    const app = fastify();
    const services = Object.entries(SDL).map(([service, sdl]) => ({
      name: service,
      url: `http://127.0.0.1:${housesPort}/${service}/graphql`,
      // It reads Federation 1, in which nothing has to be marked as shareable.
      schema: firstFederation(service, sdl),
      rewriteHeaders: headers => ({ authorization: headers.authorization }),
      connections: 64,
    }));
    await app.register(mercuriusGateway, { gateway: { services }, jit: 1 });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return app.server.address().port;
  },
};

function firstFederation(service, sdl) {
  const plain = sdl
    .replace(/extend schema[^\n]*\n/, '')
    .replaceAll('@shareable', '')
    .replace('type Query', 'extend type Query');
  const foreign = { inventory: ['Product'], reviews: ['User', 'Product'] }[service] ?? [];
  return foreign.reduce(
    (text, type) => text.replace(new RegExp(`type ${type} (@key[^{]*\\{ \\w+: \\w+!)`), `extend type ${type} $1 @external`),
    plain,
  );
}

async function hive(options) {
  const { createGatewayRuntime } = await import('@graphql-hive/gateway-runtime');
  const runtime = createGatewayRuntime({
    supergraph: supergraphSdl(),
    propagateHeaders: { fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') ?? '' }) },
    logging: false,
    maskedErrors: process.env.SHOW_ERRORS !== 'yes',
    ...options,
  });
  return listen(createServer(runtime));
}

const port = await gateways[name]();
process.send({ port });
process.on('disconnect', () => process.exit(0));
