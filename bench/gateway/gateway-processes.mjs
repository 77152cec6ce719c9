// Starts a gateway as a process of its own on core 0. Ours is the product as built, with everything on.
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importJWK, SignJWT } from 'jose';

const here = dirname(fileURLToPath(import.meta.url));
const HOP_SECRET = 'a signing key that is yes_for_tests_only and long';
/** Enough viewers that no two requests in flight are of the same one. */
const VIEWERS = 500;

/** Binds a process, with all of its threads, to one core. */
export const pin = (pid, core) => execFileSync('taskset', ['-a', '-p', '-c', String(core), String(pid)], { stdio: 'ignore' });

/** Opens the named gateways in front of houses on a port; one that does not start is left out, with the reason. */
export async function openGateways(names, { supergraphSdl, houses, port }) {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  const supergraphPath = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphPath, supergraphSdl);
  const opened = new Map();
  for (const name of names) {
    try {
      const gateway =
        name === 'ours' ? await openOurs({ folder, supergraphPath, houses, port }) : await openOther(name, port, supergraphPath);
      pin(gateway.child.pid, 0);
      opened.set(name, gateway);
    } catch (fault) {
      console.error(`${name}: ${fault.message}`);
    }
  }
  return opened;
}

async function openOurs({ folder, supergraphPath, houses, port: housesPort }) {
  const port = await freePort();
  const environment = {
    ...process.env,
    ENVIRONMENT: 'test',
    NODE_ENV: 'production',
    PORT: String(port),
    HOUSES: JSON.stringify(Object.fromEntries(houses.map(house => [house, `http://127.0.0.1:${housesPort}/${house}`]))),
    HOP_SECRETS: HOP_SECRET,
    DATA_DIR: folder,
    WORKERS: '1',
    SUPERGRAPH_PATH: supergraphPath,
    DEVELOPMENT_ISSUER: 'yes_for_development_only',
    EXPLORER_PATH: join(folder, 'explorer'),
  };
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'];
  const child = fork(join(here, '../../dist/gateway/server.js'), [], { env: environment, execArgv: [], stdio, cwd: join(here, '../..') });
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const until = performance.now() + 30_000; !(await isReady()); await new Promise(done => setTimeout(done, 100)))
    if (performance.now() > until || child.exitCode !== null) throw new Error('it does not start; build it with npx tsc -p . first');
  return { child, port, tokens: await tokensOf(folder) };
}

const freePort = () =>
  new Promise(done => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** Tokens of real viewers, signed by the development issuer: ours verifies what it is given. */
async function tokensOf(folder) {
  const [key] = JSON.parse(readFileSync(join(folder, 'secrets/gateway-signing-key.json'), 'utf8')).keys;
  const signer = await importJWK(key, 'ES256');
  const now = Math.floor(Date.now() / 1000);
  return Promise.all(
    Array.from({ length: VIEWERS }, (_, at) =>
      new SignJWT({ sub: `usr_${at}`, roles: ['OPERATOR'] })
        .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'JWT' })
        .setIssuer('urn:purchasing-graph:development')
        .setAudience('purchasing-graph')
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + 86_400)
        .sign(signer),
    ),
  );
}

async function openOther(name, port, supergraphPath) {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'];
  const child = fork(join(here, 'gateways.mjs'), [name, String(port), supergraphPath], { execArgv: [], stdio });
  const started = await new Promise((done, failed) => {
    child.once('message', done);
    child.once('exit', () => failed(new Error('it does not start.')));
  });
  return { child, port: started.port, tokens: Array.from({ length: VIEWERS }, (_, at) => `token-of-user-${at}`) };
}
