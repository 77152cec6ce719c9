/** L10: a licence verifies with the public keys alone, by two programs that know nothing of us. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LicenseSigner, signerOf } from '../../../subgraphs/licenses/ports/signer';
import { generateSigningKeys, type KeyRing, liveKeysOf } from '../../../subgraphs/licenses/ports/signing-keys';
import { licenses } from '../../../subgraphs/licenses/server';
import { openTestHouse } from '../../support/house';
import { activate, granted, newPurchase } from './scene';

const run = promisify(execFile);
const MUTATIONS = 1_000;
/** Shells at work side by side. */
const SHELLS = 4;
const old = generateSigningKeys();
const next = generateSigningKeys();
const both: KeyRing = { purpose: 'development', keys: [...next.keys, ...old.keys] };
const directory = mkdtempSync(join(tmpdir(), 'verifying-'));
const keysFile = join(directory, 'keys.json');
afterAll(() => rmSync(directory, { recursive: true }));

const publish = (signer: LicenseSigner) => writeFileSync(keysFile, JSON.stringify({ keys: signer.publicKeys }));
const written = (name: string, lines: readonly string[]): string => {
  writeFileSync(join(directory, name), `${lines.join('\n')}\n`);
  return join(directory, name);
};
/** What the shell says of each line; it ends with 1 when it refused one, and says so all the same. */
const byShell = (file: string, ...more: readonly string[]): Promise<readonly string[]> =>
  run('sh', ['scripts/verify-license.sh', keysFile, file, ...more], { maxBuffer: 10_000_000 })
    .catch((ended: { stdout: string }) => ended)
    .then(({ stdout }) => stdout.trim().split('\n'));
/** Asks the Node verifier about many licences in one process, through nothing but what it offers. */
const byNode = async (file: string): Promise<readonly string[]> => {
  const script = `
    import { readFileSync } from 'node:fs';
    import { readLicense } from ${JSON.stringify(join(process.cwd(), 'scripts/verify-license.mjs'))};
    const { keys } = JSON.parse(readFileSync(${JSON.stringify(keysFile)}, 'utf8'));
    for (const line of readFileSync(${JSON.stringify(file)}, 'utf8').trimEnd().split('\\n')) {
      try { console.log('valid ' + readLicense(line, keys).licenseId); } catch (fault) { console.log('refused ' + fault.message); }
    }`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { maxBuffer: 10_000_000 });
  return stdout.trim().split('\n');
};

async function issuedWith(ring: KeyRing): Promise<{ readonly id: string; readonly key: string }> {
  const house = await openTestHouse(licenses, { variables: { MAIL_DIR: directory, LICENSE_SIGNING_KEYS: JSON.stringify(ring) } });
  const { license } = await activate(house, await granted(house, newPurchase()));
  await house.close();
  return license;
}

/** Every bit of every byte in turn, and where that is not enough two bits at once: never the licence itself. */
function mutationsOf(key: string): readonly string[] {
  const bytes = Buffer.from(key, 'base64url');
  const mutated = Array.from({ length: MUTATIONS }, (_, round) => {
    const changed = Buffer.from(bytes);
    changed[round % bytes.length]! ^= 1 << (Math.floor(round / bytes.length) % 8);
    return changed.toString('base64url');
  });
  return mutated.filter(text => text !== key);
}

test('while keys are replaced, licences of the old and of the new key verify by both programs', async () => {
  const [before, during] = [await issuedWith(old), await issuedWith(both)];
  publish(signerOf(liveKeysOf(both)));
  const file = written('two.txt', [before.key, during.key]);
  expect((await byShell(file)).map(line => line.split(' ').slice(0, 2).join(' '))).toEqual([`valid ${before.id}`, `valid ${during.id}`]);
  expect(await byNode(file)).toEqual([`valid ${before.id}`, `valid ${during.id}`]);
  publish(signerOf(liveKeysOf(next)));
  for (const [first, second] of [await byShell(file), await byNode(file)]) {
    expect(first).toMatch(/^refused It was signed with the key|^refused The licence was signed with the key/);
    expect(second).toContain(`valid ${during.id}`);
  }
});

test('1,000 mutated licences are refused by both programs, and the licence itself by neither', async () => {
  const { id, key } = await issuedWith(next);
  publish(signerOf(liveKeysOf(next)));
  const mutated = mutationsOf(key);
  expect(new Set(mutated).size).toBe(MUTATIONS);
  const size = Math.ceil(mutated.length / SHELLS);
  const files = Array.from({ length: SHELLS }, (_, part) => written(`part-${part}.txt`, mutated.slice(part * size, (part + 1) * size)));
  const said = (await Promise.all(files.map(file => byShell(file)))).flat();
  expect([said.length, said.filter(line => !line.startsWith('refused '))]).toEqual([MUTATIONS, []]);
  const alsoSaid = await byNode(written('all.txt', mutated));
  expect([alsoSaid.length, alsoSaid.filter(line => !line.startsWith('refused '))]).toEqual([MUTATIONS, []]);
  expect((await byShell(written('itself.txt', [key])))[0]).toContain(`valid ${id}`);
}, 180_000);

test('texts that are no licence are refused by both programs', async () => {
  const { key } = await issuedWith(next);
  publish(signerOf(liveKeysOf(next)));
  const file = written('none.txt', [key.slice(1), `${key}A`, `${key}=`, key.toUpperCase(), 'AAAA', '$(id)', '../../etc/passwd']);
  expect((await byShell(file)).map(line => line.split(' ')[0])).toEqual(Array(7).fill('refused'));
  expect((await byNode(file)).map(line => line.split(' ')[0])).toEqual(Array(7).fill('refused'));
});

test('a file of 100 seats installs with 110 users and not with 111, by both programs', async () => {
  const signer = signerOf(liveKeysOf(next));
  publish(signer);
  const { key } = await issuedWith(next);
  const online = signer.verify(key);
  if (!online) throw new Error('The licence does not verify.');
  const file = written('file.txt', [signer.sign({ ...online, kind: 'OFFLINE_CLOUD', seats: 100 })]);
  const node = (users: string) =>
    run(process.execPath, ['scripts/verify-license.mjs', '--keys', keysFile, '--license', file, '--users', users]).then(
      () => 'fits',
      () => 'does not fit',
    );
  expect([(await byShell(file, '110'))[1]?.trim(), await node('110')]).toEqual(['fits 110 users', 'fits']); // 100 + 10 %
  expect([(await byShell(file, '111'))[1]?.trim(), await node('111')]).toEqual([
    'does not fit 111 users: at most 110 with 100 seats',
    'does not fit',
  ]);
  // Online licences do not ask: the shell says that 111 users fit.
  expect((await byShell(written('online.txt', [key]), '111'))[1]?.trim()).toBe('fits 111 users');
});
