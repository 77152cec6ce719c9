/** Who may import whom. Each rule has a canary in test/house/imports.test.ts that proves it fires. */
const own = '^subgraphs/([^/]+)/';
const pure = 'money|time|ids|result|text';
const test = '\\.test\\.ts$';

/** What each room of a subgraph may not reach. Outer rooms know inner rooms, never the other way. */
const outerRooms = {
  domain: 'store|actions|graph|ports|events/(?!published)|context|server',
  store: 'actions|graph|ports|events/(?!published)|context|server',
  actions: 'graph|ports|events/(?!published)|context|server',
  ports: 'store|actions|graph|events/(?!published)|context|server',
  events: 'graph|context|server',
  graph: 'events/(?!published)|server',
};
const packages = names => `(^|node_modules/)(${names})(/|$)`;
const sql = packages('drizzle-orm|postgres|pg|graphile-worker');
const graphql = packages('type-graphql|graphql|graphql-scalars|@apollo|@graphql-tools|graphql-shield|graphql-middleware');

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const kernelRules = [
  rule(
    'kernel-is-a-leaf',
    'The kernel serves every house and knows none.',
    { path: '^kernel/' },
    { path: '^(subgraphs|gateway|scripts)/' },
  ),
  rule(
    'pure-kernel',
    'Money, ids, results and text are arithmetic: no packages, no I/O.',
    { path: '^kernel/(money|ids|result|text)\\.ts$' },
    { pathNot: `^kernel/(${pure})\\.ts$` },
  ),
  rule(
    'pure-time',
    'Time needs a calendar and nothing else.',
    { path: '^kernel/time\\.ts$' },
    { pathNot: [`^kernel/(${pure})\\.ts$`, packages('temporal-polyfill')] },
  ),
];

const houseRules = [
  rule(
    'subgraphs-are-neighbours',
    "A subgraph reads only its own rooms and its neighbours' published events.",
    { path: own },
    { path: '^subgraphs/', pathNot: ['^subgraphs/$1/', '^subgraphs/[^/]+/events/published\\.ts$'] },
  ),
  rule(
    'published-events-are-types',
    "A neighbour's event is a shape to read, never code to run.",
    { path: own },
    { path: '^subgraphs/[^/]+/events/published\\.ts$', pathNot: '^subgraphs/$1/', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'subgraphs-know-no-gateway',
    'A house answers whoever is signed in; it knows no gateway.',
    { path: own },
    { path: '^(gateway|scripts)/' },
  ),
  rule(
    'gateway-reads-only-the-supergraph',
    'The gateway knows subgraphs by their schema, not their code.',
    { path: '^gateway/' },
    { path: '^(subgraphs|scripts)/' },
  ),
];

const roomRules = [
  rule(
    'domain-is-pure',
    'Rules take values and return values; no package, no driver, no clock.',
    { path: '^subgraphs/[^/]+/domain/', pathNot: test },
    { pathNot: ['^subgraphs/[^/]+/(domain/|events/published)', `^kernel/(${pure})\\.ts$`] },
  ),
  ...Object.entries(outerRooms).map(([room, outer]) =>
    rule(
      `${room}-looks-inward`,
      'Imports point inward: server, graph, events, ports, actions, store, domain.',
      { path: `^subgraphs/([^/]+)/${room}/` },
      { path: `^subgraphs/$1/(${outer})` },
    ),
  ),
  rule(
    'only-store-speaks-sql',
    'SQL lives in store/, where its plan is reviewed.',
    { path: '^(subgraphs|gateway)/', pathNot: ['^subgraphs/[^/]+/(store/|server\\.ts$)', test] },
    { path: [sql, '^kernel/db/'], dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'only-graph-speaks-graphql',
    'GraphQL is one face of the business, and lives in graph/.',
    { path: '^subgraphs/', pathNot: ['^subgraphs/[^/]+/(graph/|server\\.ts$)', test] },
    { path: [graphql, '^kernel/(graph/|published\\.ts$)'] },
  ),
];

const orderRules = [
  rule('no-circular', 'A circle has no first file to read.', {}, { circular: true }),
  rule(
    'nobody-imports-a-server',
    'server.ts is the top of a house; only the scripts that start it and the tests that run it stand on it.',
    { pathNot: '^(test|scripts|bench)/' },
    { path: '^(gateway|subgraphs/[^/]+)/server\\.ts$' },
  ),
  rule(
    'source-never-imports-tests',
    'What ships does not know how it is tested.',
    { path: '^(kernel|gateway|subgraphs|scripts)/', pathNot: test },
    { path: ['^test/', test] },
  ),
  rule(
    'what-ships-needs-what-ships',
    'An image is installed without development packages.',
    { path: '^(kernel|gateway|subgraphs)/|^scripts/(start|migrate|seed|platform)(/|\\.ts$)', pathNot: test },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  rule('not-to-unresolvable', 'An import that leads nowhere fails when it is needed most.', {}, { couldNotResolve: true }),
  rule(
    'no-orphans',
    'A file that nobody reads is a question without an answer.',
    { orphan: true, path: '^(kernel|gateway|subgraphs)/', pathNot: ['server\\.ts$', test] },
    {},
  ),
];

module.exports = {
  forbidden: [...orderRules, ...kernelRules, ...houseRules, ...roomRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: ['^(dist|gateway/explorer|bench/gateway)/', '(^|/)canary-'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
