import { readFileSync } from 'node:fs';
import { parse, print, separateOperations } from 'graphql';

/** A document that the explorer offers, as a client sends it: one operation with the fragments that it spreads. */
export function operationNamed(name: string): string {
  documentByName ??= separateOperations(parse(readFileSync('operations/operations.graphql', 'utf8')));
  const document = documentByName[name];
  if (!document) throw new Error(`operations.graphql has no operation "${name}".`);
  return print(document);
}

let documentByName: ReturnType<typeof separateOperations> | undefined;
