/** A plan that the native planner does not find in minutes: every field could come from every house by every key. */
export function bombedHouses(): Record<string, string> {
  const keys = [0, 1, 2, 3, 4, 5, 6, 7];
  return Object.fromEntries(
    keys.map(at => {
      const [own, next] = [`k${at}`, `k${(at + 1) % keys.length}`];
      const fields = `id: ID! ${own}: ID! ${next}: ID! step: A other: A v: Int`;
      return [
        `s${at}`,
        `type Query { a: A @shareable } type A @key(fields: "id") @key(fields: "${own}") @key(fields: "${next}") @shareable { ${fields} v${at}: Int }`,
      ];
    }),
  );
}
export const BOMB = '{ a { step { v0 v1 v2 v3 v4 v5 v6 v7 step { v0 v1 v2 v3 v4 v5 v6 v7 } } } }';
