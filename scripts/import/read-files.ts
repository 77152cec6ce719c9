import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A record as a file has it, not checked yet, and where it stands. */
export interface Found {
  readonly place: string;
  /** What it says, or why it cannot be read. */
  readonly record: unknown;
  readonly fault: string | null;
}

/** Reads files of JSON Lines (`.jsonl`) and of comma-separated values (`.csv`), one after the other. */
export const readFiles = (paths: readonly string[]): readonly Found[] =>
  paths.flatMap(path => {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    return path.endsWith('.csv') ? fromCsv(basename(path), text) : fromJsonLines(basename(path), text);
  });

const fromJsonLines = (file: string, text: string): readonly Found[] =>
  text.split(/\r?\n/).flatMap((line, index): readonly Found[] => {
    if (line.trim() === '') return [];
    const place = `${file}:${index + 1}`;
    try {
      return [{ place, record: JSON.parse(line), fault: null }];
    } catch {
      return [{ place, record: null, fault: 'This line is not JSON.' }];
    }
  });

type Cells = Readonly<Record<string, string>>;

/**
 * Reads rows whose columns are paths: `billTo.address.city`. A row with the reference of the one above goes on with it: it
 * adds a version, a charge of the last version, or a line.
 */
function fromCsv(file: string, text: string): readonly Found[] {
  let rows: readonly { readonly record: Cells; readonly info: { readonly lines: number } }[];
  try {
    rows = parse(text, { columns: true, info: true, skip_empty_lines: true, trim: true });
  } catch (fault) {
    return [{ place: file, record: null, fault: `This is not CSV: ${fault instanceof Error ? fault.message : String(fault)}` }];
  }
  const found: { readonly place: string; readonly record: Tree; readonly fault: null }[] = [];
  for (const { record: cells, info } of rows) {
    const last = found.at(-1)?.record;
    if (last && last['kind'] === cells['kind'] && last['reference'] === cells['reference']) goOn(last, cells);
    else found.push({ place: `${file}:${info.lines}`, record: begun(cells), fault: null });
  }
  return found;
}

interface Tree {
  [name: string]: string | Tree | Tree[];
}

const LISTS = ['versions.charges', 'versions', 'lines'] as const;

function begun(cells: Cells): Tree {
  const record = treeOf(cells, name => !LISTS.some(list => name.startsWith(`${list}.`)), '');
  goOn(record, cells);
  return record;
}

/** Adds to a record what its next row brings. */
function goOn(record: Tree, cells: Cells): void {
  const line = treeOf(cells, name => name.startsWith('lines.'), 'lines.');
  if (Object.keys(line).length > 0) listIn(record, 'lines').push(line);
  const version = treeOf(cells, name => name.startsWith('versions.') && !name.startsWith('versions.charges.'), 'versions.');
  if (Object.keys(version).length > 0) listIn(record, 'versions').push(version);
  const charge = treeOf(cells, name => name.startsWith('versions.charges.'), 'versions.charges.');
  const newest = listIn(record, 'versions').at(-1);
  if (newest && Object.keys(charge).length > 0) listIn(newest, 'charges').push(charge);
  for (const list of ['versions', 'lines']) if (listIn(record, list).length === 0) delete record[list];
}

function listIn(record: Tree, name: string): Tree[] {
  const held = record[name];
  if (Array.isArray(held)) return held;
  const list: Tree[] = [];
  record[name] = list;
  return list;
}

/** The cells of some columns as a tree, by their paths. An empty cell says nothing. */
function treeOf(cells: Cells, isWanted: (name: string) => boolean, prefix: string): Tree {
  const tree: Tree = {};
  for (const [name, value] of Object.entries(cells)) {
    if (value === '' || !isWanted(name)) continue;
    const path = name.slice(prefix.length).split('.');
    let at = tree;
    for (const step of path.slice(0, -1)) {
      const held = at[step];
      const next: Tree = typeof held === 'object' && !Array.isArray(held) ? held : {};
      at[step] = next;
      at = next;
    }
    at[path.at(-1) ?? ''] = value;
  }
  return tree;
}
