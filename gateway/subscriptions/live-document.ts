import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  separateOperations,
  validate,
  visit,
} from 'graphql';
import { granted, type OrRefused, refused } from '../errors';

/** What somebody wants to follow. */
export interface LiveRequest {
  readonly field: 'orderUpdated' | 'accountEvents';
  /** The name that the client gave the field. */
  readonly responseKey: string;
  /** The id of the order or of the account. */
  readonly id: string;
  /** The query by which the viewer reads, or shows that it may read, what it follows. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the client sent, for what is answered here. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** The texts that follow from a document alone. */
interface Rewritten {
  readonly root: FieldNode;
  readonly query: string;
  readonly variables: readonly string[];
}

export interface LiveDocuments {
  read(document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): OrRefused<LiveRequest>;
}

/** Reads subscription documents against one schema: validated and rewritten once, their variables each time. */
export function openLiveDocuments(schema: GraphQLSchema): LiveDocuments {
  const known = new WeakMap<OperationDefinitionNode, OrRefused<Rewritten>>();
  return {
    read(document, operation, variables) {
      const rewritten = known.get(operation) ?? rewrite(schema, document, operation);
      known.set(operation, rewritten);
      if (!rewritten.ok) return rewritten;
      const { root, query } = rewritten.value;
      const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
      if (values.errors) return refused(400, 'BAD_USER_INPUT', values.errors[0]?.message ?? 'A variable has a value that it cannot have.');
      const field = root.name.value === 'orderUpdated' ? 'orderUpdated' : 'accountEvents';
      const definition = schema.getSubscriptionType()?.getFields()[field];
      const taken: Readonly<Record<string, unknown>> = definition ? getArgumentValues(definition, root, values.coerced) : {};
      const used = Object.fromEntries(
        rewritten.value.variables.flatMap(name => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])),
      );
      return granted({
        field,
        responseKey: root.alias?.value ?? field,
        id: String(taken['id'] ?? taken['account']),
        query,
        variables: used,
        given: variables,
        operationName: operation.name?.value,
      });
    },
  };
}

function rewrite(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): OrRefused<Rewritten> {
  const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
  if (fault) return refused(400, 'GRAPHQL_VALIDATION_FAILED', fault.message.replace(/ ?Did you mean [^?]*\?/g, ''));
  const [root, ...others] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || others.length > 0 || (root.directives ?? []).length > 0) {
    return refused(400, 'GRAPHQL_VALIDATION_FAILED', 'A subscription names its one field directly.');
  }
  const query = queryFor(document, operation, root);
  return granted({ root, query: print(query.document), variables: query.variables });
}

/** An order is read with what was selected of it. Of an account, only whether the viewer sees it is asked. */
function queryFor(document: DocumentNode, operation: OperationDefinitionNode, root: FieldNode) {
  const isOrder = root.name.value === 'orderUpdated';
  const asked: FieldNode = isOrder
    ? { ...root, alias: { kind: Kind.NAME, value: root.alias?.value ?? 'orderUpdated' }, name: { kind: Kind.NAME, value: 'order' } }
    : {
        kind: Kind.FIELD,
        name: { kind: Kind.NAME, value: 'billingAccount' },
        arguments: (root.arguments ?? []).map(argument => ({ ...argument, name: { kind: Kind.NAME, value: 'id' } })),
        selectionSet: { kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'id' } }] },
      };
  const query: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    name: { kind: Kind.NAME, value: 'Followed' },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [asked] },
  };
  const fragments = document.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION);
  const whole = separateOperations({ kind: Kind.DOCUMENT, definitions: [query, ...fragments] })['Followed'];
  const used = new Set<string>();
  if (whole) visit(whole, { Variable: node => void used.add(node.name.value) });
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  const definitions = (whole?.definitions ?? []).map(node =>
    node.kind === Kind.OPERATION_DEFINITION ? { ...node, variableDefinitions } : node,
  );
  return { document: { kind: Kind.DOCUMENT, definitions } as const, variables: [...used] };
}
