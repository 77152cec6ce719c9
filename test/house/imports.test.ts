/** Every import rule stays quiet on the house and speaks up on its canary; a rule never seen to fire proves nothing. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const CANARIES = {
  'kernel/a.ts': `import './b'; import '../subgraphs/orders/domain/order';`,
  'kernel/b.ts': `import './a';`,
  'kernel/money.ts': `import 'node:fs';`,
  'kernel/time.ts': `import 'uuid';`,
  'kernel/db/columns.ts': '',
  'gateway/server.ts': `import '../subgraphs/orders/graph/order'; import 'postgres';`,
  'subgraphs/orders/domain/order.ts': `import 'drizzle-orm'; import '../store/tables';`,
  'subgraphs/orders/store/tables.ts': `import '../graph/order'; import '../../customers/store/tables'; import 'tsx';`,
  'subgraphs/orders/actions/placeOrder.ts': `import '../ports/mail'; import 'type-graphql'; import '#kernel/db/columns';
    import { x } from '../../customers/events/published'; export const y = x;`,
  'subgraphs/orders/ports/mail.ts': `import '../store/tables';`,
  'subgraphs/orders/events/handlers.ts': `import '../graph/order';`,
  'subgraphs/orders/graph/order.ts': `import '../server'; import '../events/handlers';`,
  'subgraphs/orders/server.ts': `import '../../test/support/db'; import './nowhere'; import '../../gateway/server';`,
  'subgraphs/customers/store/tables.ts': '',
  'subgraphs/customers/events/published.ts': 'export const x = 1;',
  'subgraphs/customers/store/orphan.ts': '',
  'test/support/db.ts': '',
};

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

function cruise(house: string): Report {
  const rooms = ['kernel', 'gateway', 'subgraphs', 'scripts', 'test', 'bench'].filter(room => existsSync(join(house, room)));
  const args = [
    resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    '-T',
    'json',
    ...rooms,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (!stdout.startsWith('{')) throw new Error(stderr || stdout);
  return JSON.parse(stdout);
}

function canaryHouse(): string {
  const house = mkdtempSync(join(resolve('test'), 'canary-'));
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) cpSync(file, join(house, file));
  symlinkSync(resolve('node_modules'), join(house, 'node_modules'));
  for (const [path, imports] of Object.entries(CANARIES)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), `${imports}\nexport {};\n`);
  }
  return house;
}

test('the house breaks no import rule', () => {
  expect(cruise('.').summary.violations.map(found => `${found.rule.name}: ${found.from} → ${found.to}`)).toEqual([]);
}, 120_000);

test('every import rule fires on its canary', () => {
  const house = canaryHouse();
  try {
    const { violations, ruleSetUsed } = cruise(house).summary;
    const fired = new Set(violations.map(violation => violation.rule.name));
    expect(ruleSetUsed.forbidden.map(rule => rule.name).filter(name => !fired.has(name))).toEqual([]);
  } finally {
    rmSync(house, { recursive: true });
  }
}, 120_000);
