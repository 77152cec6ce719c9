import { GraphQLError } from 'graphql';

/** The beginning of a list that its loader has bounded already. Refuses a length outside 1 to the bound. */
export function firstOf<Row>(rows: readonly Row[], argument: string, wanted: number, max: number): readonly Row[] {
  if (wanted < 1 || wanted > max) throw new GraphQLError(`\`${argument}\` is 1 to ${max}.`, { extensions: { code: 'BAD_USER_INPUT' } });
  return rows.slice(0, wanted);
}
