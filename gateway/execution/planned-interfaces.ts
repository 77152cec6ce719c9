import { buildASTSchema, type DocumentNode, parse } from 'graphql';
import { askInterfacesAsOne, interfaceObjectsIn } from './interface-objects';
import { interfaceRequirements } from './interface-requirements';

/** What is done to a document before it is planned, because planners are wrong about some interfaces of this supergraph. */
export interface PlannedInterfaces {
  /** Whether some house takes the types of an interface for one, which no name may then mean different things in. */
  readonly areSomeOneType: boolean;
  prepare(document: DocumentNode): DocumentNode;
}

export function plannedInterfaces(supergraphSdl: string): PlannedInterfaces {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const objects = interfaceObjectsIn(supergraph);
  if (objects.size === 0) return { areSomeOneType: false, prepare: same => same };
  const schema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });
  const asOne = askInterfacesAsOne(objects, schema);
  const withRequirements = interfaceRequirements(supergraph, schema);
  return { areSomeOneType: true, prepare: document => withRequirements(asOne(document)) };
}
