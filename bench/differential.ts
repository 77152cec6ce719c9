/**
 * 5,000 generated operations over all small supergraphs, answered by our executor and by the reference; where the reference
 * is known to lose values, by one house that knows everything. Prints how many there were, and each answer that differs.
 * `OPERATIONS` takes another number, `SEED` others.
 */
import { type Compared, compare } from '../test/gateway/execution/differences';
import type { SmallSupergraph } from '../test/gateway/execution/small-supergraph';
import { SUPERGRAPHS } from '../test/gateway/execution/supergraphs';
import { interfaceObjects } from '../test/gateway/execution/supergraphs-interface-objects';
import type { Progress, Report } from './run';

const OPERATIONS = Number(process.env['OPERATIONS'] ?? 5_000);
const SEED = Number(process.env['SEED'] ?? 10_000);

export async function measure(progress: Progress): Promise<Report> {
  const all = [
    ...SUPERGRAPHS.map(supergraph => ({ supergraph, isOneHouse: false })),
    ...interfaceObjects.map(supergraph => ({ supergraph, isOneHouse: true })),
  ];
  const count = Math.ceil(OPERATIONS / all.length);
  const found: (Compared & { readonly feature: string; readonly isOneHouse: boolean })[] = [];
  for (const { supergraph, isOneHouse } of all) {
    progress(`${count} operations over ${supergraph.feature}`);
    const compared = await compare(supergraph, { count, seed: SEED, isOneHouse });
    found.push({ ...compared, feature: supergraph.feature, isOneHouse });
    for (const { seed, query, variables, ours, theirs } of compared.differences)
      progress(`${supergraph.feature}, seed ${seed}: ${query} ${JSON.stringify(variables)}\n    ours   ${ours}\n    theirs ${theirs}`);
  }
  const sum = (of: (compared: Compared) => number) => found.reduce((total, compared) => total + of(compared), 0);
  const lost = found.filter(({ poorer }) => poorer > 0);
  const handPicked = all.reduce((total, { supergraph }) => total + handPickedOf(supergraph), 0);
  return {
    rows: [
      ['supergraphs', String(all.length)],
      ['operations generated and compared', String(sum(({ operations }) => operations))],
      ['hand-picked operations in the tests beside them', String(handPicked)],
      ['answers that differ', String(sum(({ differences }) => differences.length))],
      ['answers in which the reference has less', `${sum(({ poorer }) => poorer)} (${lost.map(({ feature }) => feature).join('; ')})`],
    ],
    figures: {
      supergraphs: all.length,
      operations: sum(({ operations }) => operations),
      handPicked,
      differences: found.flatMap(({ feature, differences }) => differences.map(difference => ({ feature, ...difference }))),
      referenceHasLess: Object.fromEntries(lost.map(({ feature, poorer }) => [feature, poorer])),
    },
  };
}

const handPickedOf = ({ operations, differs = [] }: SmallSupergraph): number => operations.length + differs.length;
