import { BoundedMap } from '../bounded-map';
import { PlanTooCostly } from './planner';
import type { Prepared, Rejected } from './prepare';

/** Prepares documents, and remembers what came of it. */
export interface PreparedDocuments {
  prepare(text: string, operationName: string | undefined): Promise<Prepared | Rejected> | Prepared | Rejected;
}

const DOCUMENTS_MAX = 1_000;
/** A longer document is prepared each time: a few of them could fill the memory. */
const REMEMBERED_LENGTH_MAX = 16_384;
/** So long a document without a plan is turned away unread. The machine may only have been busy. */
const TOO_COSTLY_MS = 5_000;

/**
 * Documents by their exact text, never by a name that a client chooses; what is wrong with a document is remembered too.
 * There is one memory for each supergraph: a plan must never meet another schema. Requests that bring a new document at
 * the same moment wait for one preparation.
 */
export function openPreparedDocuments(
  prepare: (text: string, operationName: string | undefined) => Promise<Prepared | Rejected>,
): PreparedDocuments {
  const known = new BoundedMap<string, Prepared | Rejected | Promise<Prepared | Rejected>>(DOCUMENTS_MAX);
  return {
    prepare(text, operationName) {
      const key = operationName === undefined ? text : `${operationName.length} ${operationName} ${text}`;
      const found = known.get(key);
      if (found) return found;
      const preparing = prepare(text, operationName).then(
        prepared => {
          if (text.length <= REMEMBERED_LENGTH_MAX) known.set(key, prepared);
          else known.delete(key);
          return prepared;
        },
        fault => {
          if (fault instanceof PlanTooCostly) setTimeout(() => known.delete(key), TOO_COSTLY_MS).unref();
          else known.delete(key);
          throw fault;
        },
      );
      known.set(key, preparing);
      return preparing;
    },
  };
}
