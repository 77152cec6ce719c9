import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { TOKENS_MAX } from '../../gateway/limits';
import samples from '../../operations/samples.json';
import { openPlatform, type Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'explorer-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets/index-abc123.js'), 'start()');
  platform = await openPlatform({ EXPLORER_PATH: folder });
});
afterAll(() => platform.close());

test('the page may load from the gateway alone, and stands in no frame', async () => {
  const { status, headers, body } = await platform.send('/explorer/');
  expect([status, body]).toEqual([200, '<!doctype html>']);
  const policy = headers.get('content-security-policy');
  for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
    expect(policy).toContain(rule);
  expect(policy).not.toMatch(/script-src[^;]*(unsafe|http|\*)/);
  expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-cache', 'nosniff']);
});

test('what is built is kept by browsers for good', async () => {
  const { headers } = await platform.send('/explorer/assets/index-abc123.js');
  expect([headers.get('cache-control'), headers.get('content-type')]).toEqual([
    'public, max-age=31536000, immutable',
    'text/javascript; charset=utf-8',
  ]);
});

test('the explorer’s address leads to its page', async () => {
  expect((await platform.send('/')).headers.get('location')).toBe('/explorer/');
  expect((await platform.send('/explorer')).headers.get('location')).toBe('/explorer/');
  expect((await platform.send('/explorer/', { method: 'POST' })).status).toBe(405);
});

const document = parse(readFileSync('operations/operations.graphql', 'utf8'));
const operations = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
const PERSONAS = ['buyer', 'support', 'sales', 'finance', 'analyst', 'operator', 'partner', 'instance'];

test('every saved operation has a title, somebody who runs it and a value for each of its variables', () => {
  expect(Object.keys(samples).toSorted()).toEqual(operations.map(({ name }) => name?.value).toSorted());
  for (const { name, variableDefinitions = [] } of operations) {
    const sample = Object.entries(samples).find(([key]) => key === name?.value)?.[1];
    expect(sample?.title).toMatch(/^[A-Z]/);
    expect(sample?.personas.filter(persona => !PERSONAS.includes(persona))).toEqual([]);
    expect(Object.keys(sample?.variables ?? {})).toEqual(variableDefinitions.map(({ variable }) => variable.name.value));
  }
});

test('all saved operations together are as long as one caller may send', () => {
  expect(document.tokenCount).toBeLessThan(TOKENS_MAX.others);
});
