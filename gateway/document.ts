import { type DocumentNode, GraphQLError, getOperationAST, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { BoundedMap } from './bounded-map';
import { granted, type OrRefused, refused } from './errors';
import { TOKENS_MAX } from './limits';
import { type Shape, shapeOf } from './shape';

/** A document as it was sent, with the one operation in it that is asked for, and that operation's measure. */
export interface ReadDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly tokens: number;
  readonly shape: Shape;
}

export interface DocumentReader {
  read(text: string, operationName: string | undefined): OrRefused<ReadDocument>;
}

const DOCUMENTS_MAX = 1_000;
const REMEMBERED_LENGTH_MAX = 16_384;

/**
 * Parses documents and remembers them by their exact text, never by a name that a client chooses. Nothing here depends
 * on who asks or on the supergraph, so one memory serves all callers and outlives a change of schema.
 */
export function openDocumentReader(): DocumentReader {
  const parsedByText = new BoundedMap<string, Parsed>(DOCUMENTS_MAX);
  return {
    read(text, operationName) {
      const known = parsedByText.get(text);
      const parsed = known ?? parseText(text);
      if (parsed instanceof GraphQLError) return refused(400, 'GRAPHQL_PARSE_FAILED', parsed.message);
      if (!known && text.length <= REMEMBERED_LENGTH_MAX) parsedByText.set(text, parsed);
      return operationOf(parsed, operationName);
    },
  };
}

interface Parsed {
  readonly document: DocumentNode;
  /** The operations that were asked for, by what they were called. */
  readonly operations: Map<string | undefined, OrRefused<ReadDocument>>;
}

function parseText(text: string): Parsed | GraphQLError {
  try {
    return { document: parse(text, { maxTokens: TOKENS_MAX.others, noLocation: true }), operations: new Map() };
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    // A document nested deeper than the parser's stack is as wrong as one that does not parse.
    if (error instanceof RangeError) return new GraphQLError('Syntax Error: The document is nested too deeply.');
    throw error;
  }
}

function operationOf(parsed: Parsed, operationName: string | undefined): OrRefused<ReadDocument> {
  const known = parsed.operations.get(operationName);
  if (known) return known;
  const found = findOperation(parsed.document, operationName);
  // A client chooses the name: only those that the document holds are remembered.
  if (found.ok) parsed.operations.set(operationName, found);
  return found;
}

function findOperation(document: DocumentNode, operationName: string | undefined): OrRefused<ReadDocument> {
  const operations = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    const names = operations.length > 1 && operationName === undefined;
    return refused(
      400,
      'OPERATION_RESOLUTION_FAILURE',
      names ? 'The document holds several operations: name one in `operationName`.' : 'The document holds no operation of that name.',
    );
  }
  return granted({ document, operation, tokens: document.tokenCount ?? 0, shape: shapeOf(document, operation) });
}
