/** The files of the house, as the checks of this folder see them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly file: ts.SourceFile;
}

const isGenerated = (path: string): boolean => /(^|\/)(node_modules|dist|canary-[^/]*)(\/|$)/.test(path);

export const walk = (dir: string): string[] =>
  readdirSync(dir)
    .map(name => join(dir, name))
    .filter(path => !isGenerated(path))
    .flatMap(path => (statSync(path).isDirectory() ? walk(path) : [path]));

export const sourceOf = (path: string, text: string): Source => ({
  path,
  text,
  file: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
});

/** Every TypeScript file under the folders named; the explorer is a web page of its own and is left to the linter. */
export const sourcesUnder = (...folders: readonly string[]): readonly Source[] =>
  folders
    .filter(folder => existsSync(folder))
    .flatMap(walk)
    .filter(path => path.endsWith('.ts') && !path.startsWith('gateway/explorer/'))
    .map(path => sourceOf(path, readFileSync(path, 'utf8')));

/** Every node of a file for which `find` has something to say, with the line it stands on. */
export function findings(source: Source, find: (node: ts.Node) => string | null): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const said = find(node);
    if (said) found.push(`${source.path}:${lineOf(source, node.getStart())}: ${said}`);
    ts.forEachChild(node, visit);
  };
  visit(source.file);
  return found;
}

export const lineOf = (source: Source, position: number): number => source.file.getLineAndCharacterOfPosition(position).line + 1;

export const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword);
