import { type ConstDirectiveNode, Kind, parse } from 'graphql';

/** The types of a subgraph that others may refer to here: those with a `@key` that is not `resolvable: false`. */
export function resolvableEntities(sdl: string): readonly string[] {
  const names = parse(sdl).definitions.flatMap(definition =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    definition.directives?.some(isResolvableKey)
      ? [definition.name.value]
      : [],
  );
  return [...new Set(names)].toSorted();
}

function isResolvableKey(directive: ConstDirectiveNode): boolean {
  const resolvable = directive.arguments?.find(argument => argument.name.value === 'resolvable')?.value;
  return directive.name.value === 'key' && !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value);
}
