import 'reflect-metadata';
import { GraphQLError } from 'graphql';
import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import type { KeyFormat } from './cursor';
import { Wrapper } from './plain-resolver';

export { dayAndIdKey, idKey, type KeyFormat, momentAndIdKey, textKey } from './cursor';

/** The most that one page holds, and what it holds when nobody says. */
export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 20;
const CURSOR_LENGTH_MAX = 512;

/** Which page of a list is wanted. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { defaultValue: PAGE_DEFAULT, description: 'How many to answer: 1 to 100.' })
  readonly first!: number;

  @Field(() => String, { nullable: true, description: 'The cursor to go on after: `endCursor` of the page before.' })
  readonly after?: string | null;
}

/** Relay's page information, forwards only: the same in every house. */
@Wrapper()
@Directive('@shareable')
@ObjectType({ simpleResolvers: true, description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether the page began after a cursor.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first on the page.' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last on the page; send it as `after`.' })
  readonly endCursor!: string | null;
}

/** The source object of an edge. */
export interface EdgeSource<Row> {
  readonly node: Row;
  readonly cursor: string;
}

/** The source object of a connection. What is a function is computed only when the document asks for it. */
export interface ConnectionSource<Row> {
  readonly nodes: readonly Row[];
  readonly edges: () => readonly EdgeSource<Row>[];
  readonly pageInfo: PageInfo;
  readonly totalCount: () => Promise<number | null>;
}

/** Makes the types `<name>Connection` and `<name>Edge` of a list of `Node`; answers the connection's class. */
export function connectionType<View extends object>(NodeType: ClassType<View>, name: string): ClassType<object> {
  @Wrapper()
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One of the list, and where it stands.` })
  class Edge {
    @Field(() => NodeType, { description: 'The thing itself.' })
    readonly node!: View;

    @Field(() => String, { description: 'Where it stands in the list.' })
    readonly cursor!: string;
  }

  @Wrapper()
  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: 'A page of a list.' })
  class Connection {
    @Field(() => [Edge], { description: 'What is on the page, each with its cursor.' })
    readonly edges!: Edge[];

    @Field(() => [NodeType], { description: 'What is on the page.' })
    readonly nodes!: View[];

    @Field(() => PageInfo, { description: 'Whether there is more, and where to go on.' })
    readonly pageInfo!: PageInfo;

    @Field(() => Int, { nullable: true, description: 'How many the whole list has. Null where counting would cost too much.' })
    readonly totalCount!: number | null;
  }

  return Connection;
}

/** What a page is made from. `rows` answers at most `limit` rows after a key, in the order of the keys. */
export interface Page<Row, Key> {
  readonly key: KeyFormat<Key>;
  readonly cursorOf: (row: Row) => Key;
  readonly rows: (limit: number, after: Key | null) => Promise<readonly Row[]>;
  readonly count?: () => Promise<number>;
}

/**
 * A page by keyset: what is inserted before it while somebody reads moves nothing. One row more than wanted is read,
 * which tells whether there is a next page. Refuses `first` outside 1 to 100 and cursors that are not ours.
 */
export async function connectionOf<Row, Key>(args: ConnectionArgs, page: Page<Row, Key>): Promise<ConnectionSource<Row>> {
  const { first, after } = pageOf(args, page.key);
  const read = await page.rows(first + 1, after);
  const nodes = read.slice(0, first);
  const cursor = (row: Row): string => encodeCursor(page.key.write(page.cursorOf(row)));
  return {
    nodes,
    edges: () => nodes.map(node => ({ node, cursor: cursor(node) })),
    pageInfo: pageInfoOf(nodes.map(cursor), { hasNextPage: read.length > first, hasPreviousPage: after !== null }),
    totalCount: async () => (page.count ? page.count() : null),
  };
}

/**
 * A page of a list that is already in memory and bounded by its nature, such as a product's prices. The cursor is the
 * item's own key.
 */
export async function connectionOfAll<Row, Key>(
  args: ConnectionArgs,
  all: readonly Row[],
  { key, cursorOf }: Pick<Page<Row, Key>, 'key' | 'cursorOf'>,
): Promise<ConnectionSource<Row>> {
  return connectionOf(args, {
    key,
    cursorOf,
    rows: async (limit, after) => {
      const start = after === null ? 0 : all.findIndex(row => key.write(cursorOf(row)) === key.write(after)) + 1;
      return all.slice(start, start + limit);
    },
    count: async () => all.length,
  });
}

function pageOf<Key>({ first, after }: ConnectionArgs, key: KeyFormat<Key>): { first: number; after: Key | null } {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_MAX) throw badInput(`\`first\` is 1 to ${PAGE_MAX}.`);
  if (after === undefined || after === null) return { first, after: null };
  const text = decodeCursor(after);
  const read = text === null ? null : key.read(text);
  if (read === null) throw badInput('`after` is no cursor of this list.');
  return { first, after: read };
}

function pageInfoOf(cursors: readonly string[], turns: Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>): PageInfo {
  return { ...turns, startCursor: cursors[0] ?? null, endCursor: cursors.at(-1) ?? null };
}

const encodeCursor = (key: string): string => Buffer.from(key).toString('base64url');

function decodeCursor(cursor: string): string | null {
  if (cursor.length > CURSOR_LENGTH_MAX) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  // Buffer skips what is not base64url; a cursor that does not come out the same again was not made here.
  return encodeCursor(text) === cursor ? text : null;
}

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
