import { BoundedMap } from '../bounded-map';
import { PlanTooCostly } from './planner-process';
import { type Checked, check, type Prepared, type PrepareOptions, prepare, type Rejected, type ValidDocument } from './prepare';
import { conditionsOf } from './settled-conditions';

/** A document that fits the schema, with what was worked out for it so far. */
export interface KnownDocument extends ValidDocument {
  /** Ready at once when the same conditions were met before. */
  prepared(variables: Readonly<Record<string, unknown>>): Prepared | Promise<Prepared>;
}

export interface PreparedDocuments {
  /** How many are remembered. */
  readonly size: number;
  /** There at once when it was met before, and where it is small. */
  find(text: string, operationName: string | undefined): KnownDocument | Rejected | Promise<KnownDocument | Rejected>;
}

type Found = KnownDocument | Rejected;

const DOCUMENTS_MAX = 1_000;
/** A longer document is prepared each time: a few of them could fill the memory. */
const REMEMBERED_LENGTH_MAX = 16_384;
/** Ways in which the conditions of one document may hold. */
const WAYS_MAX = 16;
/** So long a document without a plan is turned away unread. The machine may only have been busy. */
const TOO_COSTLY_MS = 5_000;

/**
 * Documents by their exact text, never by a name that a client chooses; what is wrong with a document is remembered too.
 * There is one memory for each supergraph: a plan must never meet another schema.
 */
export function openPreparedDocuments(options: PrepareOptions): PreparedDocuments {
  const known = new BoundedMap<string, Found | Promise<Found>>(DOCUMENTS_MAX);
  const read = (checked: Checked): Found => ('errors' in checked ? checked : knownDocument(checked, options));
  return {
    get size() {
      return known.size;
    },
    find(text, operationName) {
      const key = operationName === undefined ? text : `${operationName.length} ${operationName} ${text}`;
      const found = known.get(key);
      if (found) return found;
      const keep = (document: Found | Promise<Found>): typeof document => {
        if (text.length <= REMEMBERED_LENGTH_MAX) known.set(key, document);
        return document;
      };
      const checked = check(text, operationName, options.schema);
      if (!(checked instanceof Promise)) return keep(read(checked));
      // Who sends the same at the same moment waits for the same check.
      return keep(
        checked.then(done => {
          const document = read(done);
          keep(document);
          return document;
        }),
      );
    },
  };
}

/** Requests that meet the same new conditions at the same moment wait for one preparation. */
function knownDocument(valid: ValidDocument, options: PrepareOptions): KnownDocument {
  const conditions = conditionsOf(valid.document, valid.operation);
  const byWay = new BoundedMap<string, Prepared | Promise<Prepared>>(WAYS_MAX);
  return {
    ...valid,
    prepared(variables) {
      const way = conditions.map(name => (variables[name] === true ? '1' : '0')).join('');
      const found = byWay.get(way);
      if (found) return found;
      const preparing = prepare(valid, name => variables[name] === true, options).then(
        prepared => {
          byWay.set(way, prepared);
          return prepared;
        },
        fault => {
          if (fault instanceof PlanTooCostly) setTimeout(() => byWay.delete(way), TOO_COSTLY_MS).unref();
          else byWay.delete(way);
          throw fault;
        },
      );
      byWay.set(way, preparing);
      return preparing;
    },
  };
}
