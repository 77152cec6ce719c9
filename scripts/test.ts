/**
 * Everything that must hold, in the order in which a failure is cheapest to read: types and lines, the rules of the
 * house, the kernel, the gateway, each house, whole purchases, the explorer. The last line counts the tests as their runner reported
 * them. `npm test -- --only subgraphs` runs the parts whose name starts so.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Part {
  readonly name: string;
  readonly tells: string;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Needs no database: told even when its migrations are broken. */
const RULES: readonly Part[] = [{ name: 'house', tells: 'types, lines, import rules, generated files, the graph' }];
/** On one server, in one run of the test runner: what ends early leaves its place to what goes on. */
const BEHAVIOUR: readonly Part[] = [
  { name: 'kernel', tells: 'what every house shares' },
  { name: 'gateway', tells: 'one address for the graph' },
  { name: 'subgraphs', tells: 'each house on a real database' },
  { name: 'stories', tells: 'whole purchases through the gateway' },
  { name: 'browser', tells: 'the explorer as people see it' },
];

/** Runs these parts and answers what their runner counted; a runner that left no report counts as one failure. */
function run(parts: readonly Part[], isWithoutDatabase: boolean): Count {
  if (parts.length === 0) return { passed: 0, failed: 0 };
  console.log(`\n${parts.map(({ name, tells }) => `── ${name} · ${tells}`).join('\n')}\n`);
  const temporary = mkdtempSync(join(tmpdir(), 'purchasing-graph-tests-'));
  const report = join(temporary, 'report.json');
  // Tests stand beside what they test, or under test/ in a folder of the same name.
  const root = process.cwd().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = `^${root}/(test/)?(${parts.map(({ name }) => name).join('|')})/`;
  const args = [require.resolve('jest/bin/jest'), '--json', `--outputFile=${report}`, '--testPathPatterns', pattern];
  const { status } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, WITHOUT_DATABASE: isWithoutDatabase ? 'yes' : 'no' },
  });
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function main(args: readonly string[]): void {
  const only = args[0] === '--only' ? args.slice(1) : [''];
  const wanted = (parts: readonly Part[]) => parts.filter(({ name }) => only.some(start => name.startsWith(start)));
  const counts = [run(wanted(RULES), true), run(wanted(BEHAVIOUR), false)];
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

main(process.argv.slice(2));
