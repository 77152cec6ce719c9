import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, visit } from 'graphql';
import text from '../../operations/operations.graphql?raw';
import samples from '../../operations/samples.json';

/** A document that is one click away, with who runs it and what with. */
export interface SavedOperation {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly isMutation: boolean;
  readonly personas: readonly string[];
  readonly document: string;
  readonly variables: object;
}

interface Sample {
  readonly title: string;
  readonly personas: readonly string[];
  readonly variables: object;
}

const sampleByName: Readonly<Record<string, Sample>> = samples;
const document = parse(text);
const fragments = document.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION);

export const savedOperations: readonly SavedOperation[] = document.definitions
  .filter(node => node.kind === Kind.OPERATION_DEFINITION)
  .map(node => {
    const name = node.name?.value ?? '';
    const sample = sampleByName[name] ?? { title: name, personas: [], variables: {} };
    const used = fragmentsIn(node);
    return {
      ...sample,
      name,
      description: commentAbove(node),
      isMutation: node.operation === 'mutation',
      document: [node, ...used].map(sourceOf).join('\n\n'),
    };
  });

function sourceOf({ loc }: OperationDefinitionNode | FragmentDefinitionNode): string {
  return text.slice(loc?.start, loc?.end);
}

function fragmentsIn(node: OperationDefinitionNode): readonly FragmentDefinitionNode[] {
  const names = new Set<string>();
  visit(node, {
    enter: inner => {
      if (inner.kind === Kind.FRAGMENT_SPREAD) names.add(inner.name.value);
    },
  });
  return fragments.filter(({ name }) => names.has(name.value));
}

/** The comment directly above a definition is what its reader is told. */
function commentAbove({ loc }: OperationDefinitionNode): string {
  const lines = text.slice(0, loc?.start).trimEnd().split('\n');
  const first = lines.findLastIndex(line => !line.startsWith('#'));
  return lines
    .slice(first + 1)
    .map(line => line.replace(/^# ?/, ''))
    .join(' ');
}

/** The sample variables with `{{names}}` replaced by ids of the persona, or left readable where there is none. */
export function filledVariables(variables: object, known: Readonly<Record<string, unknown>>): string {
  const now: Readonly<Record<string, unknown>> = { key: crypto.randomUUID(), ...calendarOf(new Date()) };
  const filled = JSON.stringify(variables, (_, value) => {
    const name = typeof value === 'string' ? /^\{\{(\w+)\}\}$/.exec(value)?.[1] : undefined;
    return name ? (known[name] ?? now[name] ?? `(${name})`) : value;
  });
  return JSON.stringify(JSON.parse(filled), null, 2);
}

/** Days that reports are asked for. Fiscal years begin on 1 February and bear the number of the year in which they end. */
function calendarOf(now: Date): Readonly<Record<string, string | number>> {
  const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
  const yearAgo = new Date(now);
  yearAgo.setUTCFullYear(now.getUTCFullYear() - 1);
  const monthsSinceFebruary = (now.getUTCMonth() + 11) % 12;
  const fiscalYear = now.getUTCFullYear() + (now.getUTCMonth() >= 1 ? 1 : 0);
  const fiscalQuarter = `FY${fiscalYear}-Q${Math.floor(monthsSinceFebruary / 3) + 1}`;
  return { today: dayOf(now), yearAgo: dayOf(yearAgo), fiscalYear, fiscalQuarter };
}
