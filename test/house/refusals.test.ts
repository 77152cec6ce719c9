/** Every refusal is one that a client can be told, and one that a test has seen. */
import { readFileSync } from 'node:fs';
import { houseNames } from '../../scripts/platform/houses';
import { sourcesUnder } from './sources';

/**
 * Refusals that no mutation gives: they go back to a neighbour as the reason why a step failed, to the gateway as a 401, to whoever
 * asks for a file over HTTP, or to whoever imports from another system.
 */
const NOT_FOR_CLIENTS: Readonly<Record<string, readonly string[]>> = {
  billing: ['ACCOUNT_NOT_KNOWN_YET', 'INVOICE_NOT_OPEN', 'INVOICE_NUMBER_TAKEN', 'INVOICE_NUMBER_UNUSABLE', 'INVOICE_PLAN_INCORRECT'],
  partners: ['CLIENT_UNKNOWN'],
  reports: ['EXPORTS_LIMIT_REACHED', 'INPUT_INVALID'],
  subscriptions: [
    'AGREEMENT_CHANGED',
    'NAMESPACE_TAKEN',
    'NAME_TAKEN',
    'NAME_UNUSABLE',
    'PLAN_UNUSABLE',
    'SUBSCRIPTION_EXISTS',
    'TERM_CHANGED',
    'VERSIONS_INCOMPLETE',
    'VERSIONS_TOO_MANY',
  ],
};

interface Refused {
  readonly code: string;
  /** What it says, where it stands in quotes beside the code. */
  readonly sentence: string | undefined;
}

const isTest = (path: string): boolean => path.endsWith('.test.ts') || path.startsWith('test/');
const refusedIn = (texts: readonly string[]): readonly Refused[] =>
  texts.flatMap(text =>
    [...text.matchAll(/\brefuse\(\s*'([A-Z0-9_]+)',\s*(?:'([^'\n]*)')?/g)].map(match => ({ code: match[1] ?? '', sentence: match[2] })),
  );

/** The codes of the enum in a house's schema. */
const toldBy = (house: string): ReadonlySet<string> => {
  const codes = /^enum UserErrorCode \{\n([\s\S]*?)^\}/m.exec(readFileSync(`schema/${house}.graphql`, 'utf8'))?.[1] ?? '';
  return new Set([...codes.matchAll(/^ {2}([A-Z0-9_]+)$/gm)].map(match => match[1] ?? ''));
};

/** A house that only listens refuses nothing. */
const mutates = (house: string): boolean => /^type Mutation /m.test(readFileSync(`schema/${house}.graphql`, 'utf8'));

const sources = sourcesUnder('kernel', 'subgraphs', 'test');
const tests = sources
  .filter(({ path }) => isTest(path) && !path.startsWith('test/house/'))
  .map(({ text }) => text)
  .join('\n');
const codeOf = (folder: string): readonly string[] =>
  sources.filter(({ path }) => path.startsWith(folder) && !isTest(path)).map(({ text }) => text);
const isSeen = ({ code, sentence }: Refused): boolean =>
  new RegExp(`\\b${code}\\b`).test(tests) || (sentence !== undefined && tests.includes(sentence));

test.each(houseNames())('%s can tell a client every refusal it gives', house => {
  const told = new Set([...toldBy(house), ...(NOT_FOR_CLIENTS[house] ?? [])]);
  const refused = refusedIn(codeOf(`subgraphs/${house}/`)).map(({ code }) => code);
  if (mutates(house)) expect(refused).not.toEqual([]);
  expect(refused.filter(code => !told.has(code))).toEqual([]);
});

test.each([...houseNames().map(house => `subgraphs/${house}/`), 'kernel/'])('every refusal of %s is in a test', folder => {
  expect(refusedIn(codeOf(folder)).filter(refused => !isSeen(refused))).toEqual([]);
});

test('a refusal is found where it is given', () => {
  const found = refusedIn(["return refuse('ORDER_NOT_FOUND', 'There is none.');", "refuse(\n  'ORDER_CLOSED', `It is closed.`)"]);
  expect(found).toEqual([
    { code: 'ORDER_NOT_FOUND', sentence: 'There is none.' },
    { code: 'ORDER_CLOSED', sentence: undefined },
  ]);
});
