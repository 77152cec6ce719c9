import type { GraphQLDataSource } from '@apollo/gateway';
import { type GraphQLFormattedError, Kind, parse, type SelectionSetNode } from 'graphql';
import type { Log } from '#kernel/log';
import type { HouseAnswer, HouseCaller } from './house-caller';
import { presentable, silence } from './house-errors';
import { HouseSilent } from './house-silent';
import type { RequestContext } from './request-context';
import { isRecord } from './safe-json';

type ProcessOptions = Parameters<GraphQLDataSource<RequestContext>['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource<RequestContext>['process']>>;

/** The path on which every house answers GraphQL. */
export const HOUSE_GRAPHQL_PATH = '/graphql';

/**
 * Asks one house for its part of a plan. It never throws for a house that is down, hangs or answers nonsense: the
 * fields of that house become null, each with an error that names the house, and the other houses' fields stand.
 */
export class HouseSource implements GraphQLDataSource<RequestContext> {
  constructor(
    private readonly house: string,
    private readonly caller: HouseCaller,
    private readonly log: Log,
  ) {}

  async process(options: ProcessOptions): Promise<Answer> {
    if (!('incomingRequestContext' in options)) throw new Error('Houses are asked for callers only.');
    const { context } = options;
    const query = options.request.query ?? '';
    const variables = options.request.variables ?? {};
    if (context.silentHouses.has(this.house)) return { data: null, errors: silenceOf(this.house, query, variables) };
    try {
      const answer = await this.caller.call(this.house, {
        path: HOUSE_GRAPHQL_PATH,
        body: JSON.stringify({ query, variables, operationName: options.request.operationName }),
        viewer: context.viewer,
        correlationId: context.requestId,
        signal: context.signal,
        isRepeatable: !query.startsWith('mutation'),
      });
      return this.read(answer, query, variables, context);
    } catch (fault) {
      if (!(fault instanceof HouseSilent)) throw fault;
      if (fault.reason === 'deadline') context.silentHouses.add(this.house);
      if (fault.reason !== 'client-left') {
        this.log.warn('A house is silent.', { house: this.house, reason: fault.reason, requestId: context.requestId, fault });
      }
      return { data: null, errors: silenceOf(this.house, query, variables) };
    }
  }

  private read({ status, json }: HouseAnswer, query: string, variables: object, { requestId }: RequestContext): Answer {
    const data = fieldOf(json, 'data');
    const errors = fieldOf(json, 'errors');
    if (!isRecord(data) && !Array.isArray(errors)) {
      throw new HouseSilent(this.house, status >= 500 ? 'overloaded' : 'not-json', new Error(`status ${status}`));
    }
    if (status === 401) {
      this.log.error('A house refuses our signature.', { house: this.house, requestId, status });
      return { data: null, errors: silenceOf(this.house, query, variables) };
    }
    if (status >= 500 && !isRecord(data)) throw new HouseSilent(this.house, 'overloaded', new Error(`status ${status}`));
    const cleaned = presentable(errors, this.house, this.log, requestId);
    return { data: isRecord(data) ? data : null, ...(cleaned.length > 0 && { errors: cleaned }) };
  }
}

const ERRORS_MAX = 50;

/** One error for each field that stays empty, at its place in the house's answer; the gateway moves it to its path. */
function silenceOf(house: string, query: string, variables: object): GraphQLFormattedError[] {
  const operation = parse(query, { noLocation: true }).definitions.find(node => node.kind === Kind.OPERATION_DEFINITION);
  const fields = operation ? responseKeys(operation.selectionSet) : [];
  const representations = fieldOf(variables, 'representations');
  const paths = Array.isArray(representations)
    ? representations.slice(0, ERRORS_MAX).flatMap((_, at) => entityKeys(operation?.selectionSet).map(key => ['_entities', at, key]))
    : fields.map(key => [key]);
  return paths.slice(0, ERRORS_MAX).map(path => ({ ...silence(house), path }));
}

function entityKeys(selections: SelectionSetNode | undefined): string[] {
  const entities = selections?.selections.find(node => node.kind === Kind.FIELD && node.name.value === '_entities');
  return entities?.kind === Kind.FIELD && entities.selectionSet ? responseKeys(entities.selectionSet) : [];
}

function responseKeys(selections: SelectionSetNode): string[] {
  const keys = selections.selections.flatMap(node => {
    if (node.kind === Kind.INLINE_FRAGMENT) return responseKeys(node.selectionSet);
    return node.kind === Kind.FIELD && node.name.value !== '__typename' ? [node.alias?.value ?? node.name.value] : [];
  });
  return [...new Set(keys)];
}

const fieldOf = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);
