import { Extensions } from 'type-graphql';

/** Name of the extension under which a field carries its plain resolver until the schema is built. */
export const PLAIN_RESOLVER = 'plainResolver';
/** Name of the extension of types that hold nothing of their own: whoever may have the parent may have them. */
export const WRAPPER = 'isWrapper';

/**
 * Computes a field of a value type from its source object alone. It runs as a bare graphql-js resolver: an amount is
 * read thousands of times in one answer, where type-graphql's own field methods cost several times as much.
 */
export const Computed = <Source>(compute: (source: Source) => unknown) => Extensions({ [PLAIN_RESOLVER]: compute });

/** Marks a type that only wraps others (a page, a payload, an amount): it needs no rule of its own. */
export const Wrapper = () => Extensions({ [WRAPPER]: true });
