import { type Id, type IdKind, isId } from '../ids';
import { type Instant, type PlainDate, plainDateFrom } from '../time';

/** How a list's key is written into a cursor and read back; `read` answers null for what it did not write. */
export interface KeyFormat<Key> {
  read(text: string): Key | null;
  write(key: Key): string;
}

/** Lists in the order of their ids, which is the order in which things were made. */
export const idKey = <Kind extends IdKind>(kind: Kind): KeyFormat<Id<Kind>> => ({
  read: text => (isId(kind, text) ? text : null),
  write: id => id,
});

/** Lists in the order of a day, then of the id. */
export const dayAndIdKey = <Kind extends IdKind>(kind: Kind): KeyFormat<{ readonly on: PlainDate; readonly id: Id<Kind> }> => ({
  read: text => {
    const [first, id] = halves(text);
    const on = plainDateFrom(first);
    return on && isId(kind, id) ? { on, id } : null;
  },
  write: ({ on, id }) => `${on}|${id}`,
});

/** Lists in the order of a moment, then of the id. */
export const momentAndIdKey = <Kind extends IdKind>(kind: Kind): KeyFormat<{ readonly at: Instant; readonly id: Id<Kind> }> => ({
  read: text => {
    const [first, id] = halves(text);
    const at = new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(first) ? first : Number.NaN);
    return !Number.isNaN(at.getTime()) && isId(kind, id) ? { at, id } : null;
  },
  write: ({ at, id }) => `${at.toISOString()}|${id}`,
});

/** Lists in the order of a text that is unique in the list, such as a product's SKU. At most 200 characters. */
export const textKey: KeyFormat<string> = {
  read: text => (text !== '' && text.length <= 200 && !text.includes('\0') ? text : null),
  write: text => text,
};

function halves(text: string): readonly [string, string] {
  const at = text.indexOf('|');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
