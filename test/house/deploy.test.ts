/** What is deployed agrees with the code: each house, where it answers, and the settings it is given. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { houseNames } from '../../scripts/platform/houses';

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: readonly string[];
}

const { services }: { readonly services: Readonly<Record<string, Service>> } = parse(readFileSync('docker-compose.yml', 'utf8'), {
  merge: true,
});
const addresses = (service: string): Readonly<Record<string, string>> => JSON.parse(String(services[service]?.environment?.HOUSES));

test.each(houseNames())('the demonstration starts %s, where its neighbours look for it, on its own database', house => {
  const service = services[house];
  expect(service?.command).toEqual(['node', `dist/subgraphs/${house}/server.js`]);
  expect(addresses('gateway')[house]).toBe(`http://${house}:${service?.environment?.PORT}`);
  expect(service?.environment?.DATABASE_URL_FILE).toBe(`/addresses/${house}`);
});

test('the demonstration starts no house that does not exist', () => {
  const known = houseNames().toSorted();
  expect(Object.keys(addresses('gateway')).toSorted()).toEqual(known);
  expect([...(services.gateway?.depends_on ?? [])].toSorted()).toEqual(known);
});

test('the image runs on the Node that the tests run on', () => {
  const { devDependencies }: { readonly devDependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  const images = [...readFileSync('deploy/Dockerfile', 'utf8').matchAll(/^FROM node:([\d.]+)/gm)].map(match => match[1]);
  expect(new Set(images)).toEqual(new Set([devDependencies.node]));
});

test('nothing but the gateway is reachable from outside', () => {
  expect(Object.keys(services).filter(name => 'ports' in (services[name] ?? {}))).toEqual(['gateway']);
});
