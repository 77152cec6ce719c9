/**
 * Everything that must hold, in the order in which a failure is cheapest to read: types and lines, the rules of the
 * house, the kernel, the gateway, each house, whole purchases, the explorer. The last line counts the tests as their runner reported
 * them. `npm test -- --only subgraphs` runs the parts whose heading starts so.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Part {
  readonly heading: string;
  readonly folder: string;
  readonly isWithoutDatabase?: boolean;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const PARTS: readonly Part[] = [
  { heading: 'house · types, lines, import rules, generated files, the graph', folder: 'house/', isWithoutDatabase: true },
  { heading: 'kernel · what every house shares', folder: 'kernel/' },
  { heading: 'gateway · one address for the graph', folder: 'gateway/' },
  { heading: 'subgraphs · each house on a real database', folder: 'subgraphs/' },
  { heading: 'stories · whole purchases through the gateway', folder: 'stories/' },
  { heading: 'browser · the explorer as people see it', folder: 'browser/' },
];

/** Runs one part and answers what its runner counted; a runner that left no report counts as one failure. */
function run({ heading, folder, isWithoutDatabase = false }: Part): Count {
  console.log(`\n── ${heading}\n`);
  const temporary = mkdtempSync(join(tmpdir(), 'purchasing-graph-tests-'));
  const report = join(temporary, 'report.json');
  // Tests stand beside what they test, or under test/ in a folder of the same name.
  const root = process.cwd().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = `^${root}/(test/)?${folder}`;
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
  const counts = PARTS.filter(part => only.some(name => part.heading.startsWith(name))).map(run);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

main(process.argv.slice(2));
