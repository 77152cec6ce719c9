import { readFileSync } from 'node:fs';
import { type FragmentDefinitionNode, parse, print, visit } from 'graphql';
import { openPlanner, type Planner } from '../../../gateway/execution/planner';
import { PlannerProcess, PlanTooCostly } from '../../../gateway/execution/planner-process';
import { silentLog } from '../../../kernel/log';
import { supergraphOf } from './answers';

const PRODUCT = readFileSync('schema/supergraph.graphql', 'utf8');
const HOUSES = {
  a: 'type Query { user: User } type User @key(fields: "id") { id: ID! name: String }',
  b: 'type User @key(fields: "id") { id: ID! age: Int }',
};

/** A plan that the native planner does not find in minutes: every field could come from every house by every key. */
function bombedHouses(): Record<string, string> {
  const keys = [0, 1, 2, 3, 4, 5, 6, 7];
  return Object.fromEntries(
    keys.map(at => {
      const [own, next] = [`k${at}`, `k${(at + 1) % keys.length}`];
      const fields = `id: ID! ${own}: ID! ${next}: ID! step: A other: A v: Int`;
      return [
        `s${at}`,
        `type Query { a: A @shareable } type A @key(fields: "id") @key(fields: "${own}") @key(fields: "${next}") @shareable { ${fields} v${at}: Int }`,
      ];
    }),
  );
}
const BOMB = '{ a { step { v0 v1 v2 v3 v4 v5 v6 v7 step { v0 v1 v2 v3 v4 v5 v6 v7 } } } }';

let planner: Planner | null = null;
afterEach(() => planner?.close());

test('every operation of the product has a plan by the native planner', async () => {
  const warnings: string[] = [];
  planner = openPlanner(PRODUCT, { ...silentLog, warn: text => void warnings.push(text) });
  const { definitions } = parse(readFileSync('operations/operations.graphql', 'utf8'));
  const fragments = new Map(definitions.flatMap(node => (node.kind === 'FragmentDefinition' ? [[node.name.value, node] as const] : [])));
  for (const operation of definitions.filter(node => node.kind === 'OperationDefinition')) {
    const used = new Set<FragmentDefinitionNode>();
    const follow = (node: typeof operation | FragmentDefinitionNode): void =>
      void visit(node, {
        enter(inner) {
          const fragment = inner.kind === 'FragmentSpread' ? fragments.get(inner.name.value) : undefined;
          if (!fragment || used.has(fragment)) return;
          used.add(fragment);
          follow(fragment);
        },
      });
    follow(operation);
    const plan = JSON.stringify(await planner.plan([operation, ...used].map(print).join('\n')));
    expect(plan).toContain('"Fetch"');
    expect(plan).not.toMatch(/Subscription_/);
  }
  expect(warnings).toEqual([]);
});

test('a plan that takes too long is cut off, the next one is made, and the event loop goes on meanwhile', async () => {
  planner = openPlanner(supergraphOf(bombedHouses()), silentLog);
  await planner.plan('{ a { v } }');
  // A busy machine delays a timer; the time this process computes is all that could block its event loop.
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await expect(planner.plan(BOMB)).rejects.toBeInstanceOf(PlanTooCostly);
  const tookMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  expect(tookMs).toBeLessThan(3_000);
  expect((user + system) / 1_000).toBeLessThan(50);
  expect(await planner.plan('{ a { v } }')).toMatchObject({ kind: 'Fetch' });
});

test('where the native planner cannot read a supergraph, the stock planner makes the plans', async () => {
  const native = new PlannerProcess('native', 'not a supergraph');
  await expect(native.plan('{ user { age } }')).rejects.toThrow(/planner/);
  native.close();
  const stock = new PlannerProcess('stock', supergraphOf(HOUSES));
  expect(JSON.parse(await stock.plan('{ user { age } }'))).toMatchObject({ kind: 'Sequence' });
  stock.close();
  planner = openPlanner(supergraphOf(HOUSES), silentLog);
  // The native planner has no words for a field that is not there, and neither has the stock one: both were asked.
  await expect(planner.plan('{ nothing }')).rejects.toThrow(/nothing/);
});
