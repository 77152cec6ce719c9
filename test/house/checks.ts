/** The rules of the house that a linter cannot say: where each applies, how it is found, and a canary that breaks it. */
import { basename } from 'node:path';
import ts from 'typescript';
import { findings, isExported, lineOf, type Source } from './sources';

export interface Check {
  readonly rule: string;
  readonly applies: RegExp;
  readonly find: (source: Source) => readonly string[];
  readonly canary: { readonly path: string; readonly text: string };
}

const FILE_LINES_MAX = 250;
/** Tests are read case by case. */
const TEST_LINES_MAX = 350;
const FUNCTION_LINES_MAX = 50;
const VAGUE_WORDS = /(^|[-.])(managers?|helpers?|utils?|utilities|data|info|misc|common|stuff)([-.])/;
const NOT_A_TEST = '(?<!\\.test)\\.ts$';
const lines = (count: number): string => 'export {};\n'.repeat(count);

const namesOf = (statement: ts.Statement): readonly string[] =>
  ts.isFunctionDeclaration(statement)
    ? [statement.name?.text ?? '']
    : ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(declaration => declaration.name.getText())
      : [];

export const checks: readonly Check[] = [
  {
    rule: 'no file is longer than a sitting',
    applies: /^(kernel|gateway|subgraphs|scripts|test|bench)\//,
    find: ({ path, text }) => {
      const count = text.trimEnd().split('\n').length;
      return count > (path.endsWith('.test.ts') ? TEST_LINES_MAX : FILE_LINES_MAX)
        ? [`${path}: ${count} lines; split it by noun or by verb`]
        : [];
    },
    canary: { path: 'kernel/long.ts', text: lines(FILE_LINES_MAX + 1) },
  },
  {
    rule: 'no function is longer than a screen',
    applies: new RegExp(`^(kernel|gateway|subgraphs|scripts)/.*${NOT_A_TEST}`),
    find: source =>
      findings(source, node => {
        if (!ts.isFunctionLike(node)) return null;
        const count = lineOf(source, node.end) - lineOf(source, node.getStart()) + 1;
        return count > FUNCTION_LINES_MAX ? `${count} lines; give a part of it a name` : null;
      }),
    canary: { path: 'kernel/long.ts', text: `function long() {\n${'  call();\n'.repeat(FUNCTION_LINES_MAX)}}` },
  },
  {
    rule: 'what the kernel and the domain offer says in a sentence what it decides',
    applies: new RegExp(`^(kernel/|subgraphs/[^/]+/domain/).*${NOT_A_TEST}`),
    find: source =>
      source.file.statements
        .filter(statement => (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && isExported(statement))
        .filter(statement => ts.getJSDocCommentsAndTags(statement).length === 0)
        .map(statement => `${source.path}:${lineOf(source, statement.getStart())}: a doc comment is missing`),
    canary: { path: 'subgraphs/orders/domain/order.ts', text: 'export function cancel() {}' },
  },
  {
    rule: 'nothing is cast: `as const` is the only `as` in a house and in the gateway',
    applies: new RegExp(`^(gateway|subgraphs)/.*${NOT_A_TEST}`),
    find: source =>
      findings(source, node => {
        const isCast = ts.isTypeAssertionExpression(node) || (ts.isAsExpression(node) && node.type.getText() !== 'const');
        return isCast ? `\`${node.getText().slice(0, 60)}\` takes the compiler's word away; narrow or parse instead` : null;
      }),
    canary: { path: 'subgraphs/orders/store/orders.ts', text: 'const id = text as OrderId;' },
  },
  {
    rule: "only kernel/time.ts reads the machine's clock",
    applies: new RegExp(`^(?!kernel/time\\.ts)(kernel|gateway|subgraphs)/.*${NOT_A_TEST}`),
    find: source =>
      findings(source, node => {
        const isNewDate = ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length;
        const isNow = ts.isPropertyAccessExpression(node) && /^(Date\.now|Temporal\.Now)$/.test(node.getText());
        return isNewDate || isNow ? 'time is an argument; take it from the work, the context or the clock' : null;
      }),
    canary: { path: 'subgraphs/orders/actions/placeOrder.ts', text: 'const at = new Date();' },
  },
  {
    rule: 'file names are kebab-case whole words',
    applies: /^(?!subgraphs\/[^/]+\/actions\/)(kernel|gateway|subgraphs|scripts|test|bench)\//,
    find: ({ path }) => {
      const isKebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(basename(path));
      return isKebab && !VAGUE_WORDS.test(basename(path)) ? [] : [`${path}: name it for what it holds, in kebab-case`];
    },
    canary: { path: 'kernel/dateUtils.ts', text: '' },
  },
  {
    rule: 'an action file offers one action and bears its name; what actions share is named as other files are',
    applies: new RegExp(`^subgraphs/[^/]+/actions/.*${NOT_A_TEST}`),
    find: ({ path, file }) => {
      const name = basename(path, '.ts');
      if (/^[a-z]+(-[a-z]+)*$/.test(name) && !VAGUE_WORDS.test(`${name}.`)) return [];
      return file.statements.filter(isExported).flatMap(namesOf).includes(name) ? [] : [`${path}: export a function named ${name}`];
    },
    canary: { path: 'subgraphs/orders/actions/placeOrder.ts', text: 'export function orderPlacer() {}' },
  },
  {
    rule: 'a hand-written query opens with its name',
    applies: /^subgraphs\/[^/]+\/store\//,
    find: source =>
      findings(source, node => {
        if (!ts.isTaggedTemplateExpression(node) || !/^(sql|tx|db)\b/.test(node.tag.getText())) return null;
        const opening = node.template.getText().slice(1).trimStart();
        return /^(select|insert|update|delete|with)\s/i.test(opening)
          ? 'open it with /* house.whatItAsks */, so that the database log says who asks'
          : null;
      }),
    canary: { path: 'subgraphs/orders/store/orders.ts', text: 'const found = sql`select 1 from orders`;' },
  },
  {
    rule: 'nothing is left unfinished, and every test runs',
    applies: /^(?!test\/house\/checks\.ts)(kernel|gateway|subgraphs|scripts|test|bench)\//,
    find: source =>
      source.text
        .split('\n')
        .flatMap((line, index) =>
          /\b(T[O]DO|F[I]XME|X[X]X)\b|\b(it|test|describe)\.(skip|only|todo)\b|\bx(it|describe)\(/.test(line)
            ? [`${source.path}:${index + 1}: ${line.trim()}`]
            : [],
        ),
    canary: { path: 'kernel/money.ts', text: `// ${'to'}do: round`.toUpperCase() },
  },
];
