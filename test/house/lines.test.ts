/** The compiler and the linter, asked as tests so that they are counted as what they are. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

function said(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(resolve('node_modules/.bin', command), args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error) throw error;
  return status === 0 ? '' : stdout + stderr;
}

test('every type agrees, tests included', () => {
  expect(said('tsc', '-p', 'tsconfig.test.json')).toBe('');
}, 180_000);

test('every type of the explorer agrees', () => {
  expect(said('tsc', '-p', 'gateway/explorer')).toBe('');
}, 180_000);

test('every line passes the linter and is formatted', () => {
  expect(said('biome', 'check', '--error-on-warnings', '--colors=off')).toBe('');
}, 120_000);

test('nothing is declared that nobody uses', () => {
  expect(said('knip', '--no-progress')).toBe('');
}, 120_000);
