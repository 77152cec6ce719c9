import { readFileSync } from 'node:fs';
import { type FragmentDefinitionNode, parse, print, visit } from 'graphql';
import { openPlanner, type Planner } from '../../../gateway/execution/planner';
import { PLAN_MS_MAX, PlannerProcess, PlanTooCostly } from '../../../gateway/execution/planner-process';
import { silentLog } from '../../../kernel/log';
import { openPair, supergraphOf } from './answers';
import { BOMB, bombedHouses } from './planner-bomb';

const PRODUCT = readFileSync('schema/supergraph.graphql', 'utf8');
const HOUSES = {
  a: 'type Query { user: User } type User @key(fields: "id") { id: ID! name: String }',
  b: 'type User @key(fields: "id") { id: ID! age: Int }',
};

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
  expect(tookMs).toBeGreaterThanOrEqual(PLAN_MS_MAX - 1);
  // A plan that was made here would compute all the while.
  expect((user + system) / 1_000).toBeLessThan(PLAN_MS_MAX / 4);
  expect(await planner.plan('{ a { v } }')).toMatchObject({ kind: 'Fetch' });
});

test('an operation that no plan is found for is turned away, and is known when it comes again', async () => {
  const pair = await openPair(bombedHouses());
  const first = await pair.compiled(BOMB);
  expect({ status: first.status, code: first.body.errors[0].extensions.code }).toEqual({ status: 400, code: 'COST_LIMIT' });
  expect(await pair.compiled(BOMB)).toEqual(first);
  expect(pair.sent).toEqual([]);
  await pair.close();
});

test('nobody waits behind documents that no plan is found for', async () => {
  const process = new PlannerProcess('native', supergraphOf(bombedHouses()));
  await process.plan('{ a { v } }');
  const race = async (attempt: number) => {
    const settled: string[] = [];
    const bombs = [1, 2, 3].map(n =>
      process.plan(BOMB.replace('a {', `bomb${attempt}_${n}: a {`)).catch(fault => settled.push(fault.name)),
    );
    const plain = [1, 2].map(async n => {
      expect(JSON.parse(await process.plan(`{ a${n}: a { v } }`))).toMatchObject({ kind: 'Fetch' });
      settled.push('plan');
    });
    await Promise.all([...bombs, ...plain]);
    return settled;
  };
  // Two go on beside the line and the third has less time; on a busy machine a new process may take longer than all of them.
  let settled: string[] = [];
  for (let attempt = 1; attempt <= 3 && settled.at(-1) !== 'PlanTooCostly'; attempt += 1) settled = await race(attempt);
  process.close();
  expect(settled.toSorted()).toEqual(['PlanTooCostly', 'PlanTooCostly', 'PlanTooCostly', 'plan', 'plan']);
  expect(settled.at(-1)).toBe('PlanTooCostly');
}, 120_000);

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
