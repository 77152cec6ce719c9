import type { DocumentFacts } from './document-facts';
import { type Cell, isMoney, type Kind } from './values';

/** One table that an answer holds: a list wherever it stands, or an object of its own as a table of one row. */
export interface RowSet {
  readonly id: string;
  readonly title: string;
  readonly isList: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What stands above the list once: a total, a moment, the account that it belongs to. */
  readonly facts: readonly Fact[];
  /** The page ended before the list did. */
  readonly hasMore: boolean;
  readonly totalCount: number | null;
}

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  /** It belongs to an entry further out that the row stands in. */
  readonly isOuter: boolean;
}

export interface Fact {
  readonly title: string;
  readonly kind: Kind;
  readonly cell: Cell;
}

export type Row = Readonly<Record<string, Cell>>;

interface Growing {
  readonly path: readonly string[];
  readonly isList: boolean;
  readonly rows: Record<string, Cell>[];
  readonly outer: Set<string>;
  facts: Readonly<Record<string, Cell>>;
  hasMore: boolean;
  totalCount: number | null;
}

interface Surroundings {
  /** Cells of list entries that the object stands in, and of objects that stand there once. */
  readonly outer: Readonly<Record<string, Cell>>;
  readonly facts: Readonly<Record<string, Cell>>;
}

/** Steps that connections are made of. They carry no meaning for a reader. */
const WRAPPERS: ReadonlySet<string> = new Set(['nodes', 'edges', 'node']);
const NOT_COLUMNS: ReadonlySet<string> = new Set(['pageInfo', 'totalCount', 'cursor']);

/** Finds every table in the data of an answer, in the order in which they stand there. */
export function rowSetsOf(data: unknown, known: DocumentFacts): readonly RowSet[] {
  const sets = new Map<string, Growing>();
  if (isObject(data)) walk(data, [], { outer: {}, facts: {} }, null);
  return [...sets.values()].filter(set => set.isList || set.rows.some(row => Object.keys(row).length > 0)).map(set => finished(set, known));

  /** Adds an object to the table that it is a row of; its lists become tables of their own. */
  function walk(value: object, path: readonly string[], around: Surroundings, list: Growing | null): void {
    const { cells, objects, lists } = partsOf(value, path, known);
    const set = list ?? (path.length > 0 ? setAt(sets, path, false) : null);
    if (set) {
      for (const name of Object.keys(around.outer)) set.outer.add(name);
      set.facts = { ...set.facts, ...around.facts };
      set.rows.push({ ...around.outer, ...cells });
    }
    const named = Object.fromEntries(Object.entries(cells).map(([name, cell]) => [[...path, name].join('.'), cell]));
    const within = list ? { ...around, outer: { ...around.outer, ...named } } : { ...around, facts: { ...around.facts, ...named } };
    for (const part of objects) walk(part.value, part.path, within, null);
    for (const part of lists) {
      const entries = setAt(sets, part.path, true);
      if (part.connection) notePage(entries, part.connection);
      for (const entry of part.entries) if (isObject(entry)) walk(unwrapped(entry), part.path, within, entries);
    }
  }
}

function setAt(sets: Map<string, Growing>, path: readonly string[], isList: boolean): Growing {
  const id = path.join('.');
  const set = sets.get(id) ?? { path, isList, rows: [], outer: new Set<string>(), facts: {}, hasMore: false, totalCount: null };
  sets.set(id, set);
  return set;
}

interface Parts {
  readonly cells: Record<string, Cell>;
  readonly objects: { readonly path: readonly string[]; readonly value: object }[];
  readonly lists: { readonly path: readonly string[]; readonly entries: readonly unknown[]; readonly connection: object | null }[];
}

/** What an object holds: its values, with those of objects within it, and its lists. Each field of the root is an object of its own. */
function partsOf(value: object, path: readonly string[], known: DocumentFacts): Parts {
  const parts: Parts = { cells: {}, objects: [], lists: [] };
  gather(value, path, []);
  return parts;

  function gather(from: object, at: readonly string[], name: readonly string[]): void {
    for (const [key, part] of Object.entries(from)) {
      if (NOT_COLUMNS.has(key)) continue;
      const here = [...at, key];
      const naming = WRAPPERS.has(key) ? name : [...name, key];
      if (Array.isArray(part)) {
        if (isListOfObjects(part, here))
          parts.lists.push({
            path: key === 'edges' ? [...here, 'node'] : here,
            entries: part,
            connection: WRAPPERS.has(key) ? from : null,
          });
        else Object.assign(parts.cells, cellsOfList(part, naming.join('.'), known.groupedBy.get(at.slice(0, -1).join('.'))));
      } else if (!isObject(part) || isMoney(part)) parts.cells[naming.join('.')] = cellOf(part);
      else if (here.length === 1) parts.objects.push({ path: here, value: part });
      else gather(part, here, naming);
    }
  }

  /** An empty list does not say what it would hold; the document does. */
  function isListOfObjects(list: readonly unknown[], at: readonly string[]): boolean {
    return list.length > 0 ? list.some(entry => isObject(entry) && !isMoney(entry)) : !known.leafTypes.has(at.join('.'));
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** An edge is its node; what else stands on it is the position. */
const unwrapped = (entry: object): object => ('node' in entry && isObject(entry.node) ? entry.node : entry);

function notePage(set: Growing, connection: object): void {
  if ('totalCount' in connection && typeof connection.totalCount === 'number') set.totalCount = connection.totalCount;
  const page = 'pageInfo' in connection ? connection.pageInfo : null;
  if (isObject(page) && 'hasNextPage' in page && page.hasNextPage === true) set.hasMore = true;
}

function cellOf(value: unknown): Cell {
  if (isMoney(value)) return { amount: value.amount, currency: value.currency };
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** Keys of a group become a column for each dimension that was asked for; any other list of values becomes one text. */
function cellsOfList(list: readonly unknown[], name: string, by: readonly string[] | undefined): Readonly<Record<string, Cell>> {
  if (by && by.length === list.length && name.split('.').at(-1) === 'keys')
    return Object.fromEntries(by.map((dimension, at) => [camelCase(dimension), cellOf(list[at])]));
  return { [name]: list.map(entry => (isMoney(entry) ? `${entry.amount} ${entry.currency}` : String(entry))).join(', ') };
}

const camelCase = (constant: string): string => constant.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function finished(set: Growing, known: DocumentFacts): RowSet {
  const names = [...new Set(set.rows.flatMap(row => Object.keys(row)))];
  const ordered = [...names.filter(name => set.outer.has(name)), ...names.filter(name => !set.outer.has(name))];
  const kindFor = (cells: readonly (Cell | undefined)[], path: readonly string[]) => kindOf(cells, known.leafTypes.get(path.join('.')));
  return {
    id: set.path.join('.'),
    title: titleOf(set.path),
    isList: set.isList,
    rows: set.rows,
    hasMore: set.hasMore,
    totalCount: set.totalCount,
    columns: ordered.map(id => ({
      id,
      title: set.outer.has(id) ? titleOf(id.split('.').slice(-2)) : titleOf(id.split('.')),
      kind: kindFor(
        set.rows.map(row => row[id]),
        set.outer.has(id) ? id.split('.') : [...set.path, ...id.split('.')],
      ),
      isOuter: set.outer.has(id),
    })),
    facts: Object.entries(set.facts).map(([id, cell]) => ({
      title: titleOf(id.split('.').slice(1)),
      kind: kindFor([cell], id.split('.')),
      cell,
    })),
  };
}

function kindOf(cells: readonly (Cell | undefined)[], typeName: string | undefined): Kind {
  const some = cells.filter(cell => cell !== null && cell !== undefined);
  if (some.length > 0 && some.every(isMoney)) return 'money';
  if (typeName === 'Date') return 'date';
  if (typeName === 'DateTime') return 'moment';
  if (typeName === 'Decimal') return 'number';
  if (some.length > 0 && some.every(cell => typeof cell === 'number')) return 'number';
  if (some.length > 0 && some.every(cell => typeof cell === 'boolean')) return 'boolean';
  return 'text';
}

const CAPITALS: ReadonlySet<string> = new Set(['arr', 'mrr', 'ndr', 'gdr', 'atr', 'sku', 'id', 'url', 'pdf', 'po', 'p50', 'p95']);

/** `netArr` is read as “Net ARR”. Steps of connections are left out. */
export function titleOf(path: readonly string[]): string {
  const steps = path.filter(step => !WRAPPERS.has(step));
  return (steps.length > 0 ? steps : path).map(wordsOf).join(' › ');
}

function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_]+/);
  const text = words.map(word => (CAPITALS.has(word) ? word.toUpperCase() : word)).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The table that a reader most likely wants first: the longest list, or what there is. */
export function firstRowSet(sets: readonly RowSet[]): RowSet | undefined {
  const longest = Math.max(0, ...sets.filter(({ isList }) => isList).map(({ rows }) => rows.length));
  return sets.find(({ isList, rows }) => isList && rows.length === longest) ?? sets[0];
}
