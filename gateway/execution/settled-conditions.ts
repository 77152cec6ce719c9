import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from 'graphql';

/** Names of the variables that `@skip` and `@include` depend on, in one order. */
export function conditionsOf(document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  const used = new Set<string>();
  visit(document, {
    enter(node) {
      if (node.kind !== Kind.DIRECTIVE || !isCondition(node)) return;
      const value = node.arguments?.[0]?.value;
      if (value?.kind === Kind.VARIABLE) used.add(value.name.value);
    },
  });
  const declared = operation.variableDefinitions ?? [];
  return declared.map(({ variable }) => variable.name.value).filter(name => used.has(name));
}

/**
 * A document as it reads once its conditions are settled: what is skipped is gone. It is planned and compiled for each
 * set of conditions that is met. Then no plan asks a house for what nobody gets, no generated function asks again, and
 * no planner has to be right about what a condition does to the fields that other fields require.
 */
export function settle(document: DocumentNode, holds: (variable: string) => boolean): DocumentNode {
  const stays = ({ directives = [] }: SelectionNode): boolean =>
    directives.every(directive => {
      if (!isCondition(directive)) return true;
      const value = directive.arguments?.[0]?.value;
      const isTrue = value?.kind === Kind.VARIABLE ? holds(value.name.value) : value?.kind === Kind.BOOLEAN && value.value;
      return isTrue === (directive.name.value === 'include');
    });
  return visit(document, {
    enter(node) {
      if (node.kind === Kind.SELECTION_SET) return { ...node, selections: node.selections.filter(stays) };
      return node.kind === Kind.DIRECTIVE && isCondition(node) ? null : undefined;
    },
  });
}

const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'skip' || name.value === 'include';

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * A settled document as it is planned. A selection of which nothing is left still asks whether its object is null. And a
 * typename is asked for by its own name: what it is called in the answer matters only when the answer is written, and
 * everything between looks for `__typename`.
 */
export const asPlanned = (document: DocumentNode): DocumentNode =>
  visit(document, {
    enter(node): ASTNode | undefined {
      if (node.kind === Kind.FIELD && node.name.value === '__typename') return TYPENAME;
      return node.kind === Kind.SELECTION_SET && node.selections.length === 0 ? { ...node, selections: [TYPENAME] } : undefined;
    },
  });
