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
