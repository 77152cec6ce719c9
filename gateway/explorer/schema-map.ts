import {
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { bearer } from './session';

/** What the gateway draws of its graph: the houses, what they answer for, and who may have a field. */
export interface SchemaMap {
  readonly houses: readonly string[];
  readonly types: readonly MappedType[];
  readonly access: Readonly<Record<string, string>>;
}

export interface MappedType {
  readonly name: string;
  readonly description: string;
  /** Houses refer to it by a key; what is no entity is a value, such as an amount. */
  readonly isEntity: boolean;
  readonly houses: readonly string[];
  readonly fields: readonly { readonly name: string; readonly type: string; readonly house: string }[];
}

export async function fetchMap(token: string | null): Promise<SchemaMap | null> {
  const response = await fetch('/explorer/map', { headers: bearer(token) });
  return response.ok ? response.json() : null;
}

/** Who may ask for one of the fields that a document names, where not everybody may. */
export interface AskedRight {
  readonly field: string;
  readonly who: string;
}

/** The rights that a document needs: a role or a scope for each field that is not open to whoever reaches it. */
export function rightsFor(text: string, schema: GraphQLSchema, access: SchemaMap['access']): readonly AskedRight[] {
  const types = new TypeInfo(schema);
  const found = new Map<string, string>();
  try {
    visit(
      parse(text),
      visitWithTypeInfo(types, {
        Field({ name }) {
          const parent = types.getParentType();
          const who = parent ? access[`${parent.name}.${name.value}`] : undefined;
          if (parent && who) found.set(`${parent.name}.${name.value}`, who);
        },
      }),
    );
  } catch {
    return [];
  }
  return [...found].map(([field, who]) => ({ field, who }));
}

/** The metric that a field of the root tells, by its name: `arrMovements` tells `arr-movements`, `mrrRollforward` tells `mrr`. */
export function metricOf(field: string, metricIds: readonly string[]): string | undefined {
  const kebab = field.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return metricIds.filter(id => kebab === id || kebab.startsWith(`${id}-`)).toSorted((one, other) => other.length - one.length)[0];
}

/** The fields at the root of an operation, as the schema names them. */
export function rootFields(operation: OperationDefinitionNode | null, schema: GraphQLSchema | null): readonly string[] {
  const root = operation && schema?.getRootType(operation.operation);
  if (!operation || !root || !(isObjectType(root) || isInterfaceType(root))) return [];
  return operation.selectionSet.selections.flatMap(selection => {
    const field = selection.kind === 'Field' ? root.getFields()[selection.name.value] : undefined;
    return field && getNamedType(field.type) ? [field.name] : [];
  });
}
