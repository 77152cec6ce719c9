import type { GraphQLDataSource } from '@apollo/gateway';
import { type GraphQLFormattedError, Kind, parse, type SelectionSetNode } from 'graphql';
import type { Log } from '#kernel/log';
import { type HouseAnswer, type HouseCaller, HouseSilent } from './house-caller';
import type { RequestContext } from './request-context';

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
    const cleaned = Array.isArray(errors) ? errors.filter(isRecord).map(error => this.clean(error, requestId)) : [];
    return { data: isRecord(data) ? data : null, ...(cleaned.length > 0 && { errors: cleaned }) };
  }

  private clean(error: Readonly<Record<string, unknown>>, requestId: string): GraphQLFormattedError {
    const code = fieldOf(error['extensions'], 'code');
    const message = typeof error['message'] === 'string' ? error['message'] : '';
    const path = Array.isArray(error['path']) ? { path: error['path'].filter(isPathStep) } : {};
    const isPresentable = typeof code === 'string' && CODES_FROM_HOUSES.has(code) && !NOT_FOR_CALLERS.test(message);
    if (isPresentable) return { message, ...path, extensions: { ...fieldsOf(error['extensions']), code, house: this.house } };
    this.log.error('A house answered with a fault.', { house: this.house, requestId, code: String(code), fault: message });
    return { message: 'fault', ...path, extensions: { code: 'INTERNAL_SERVER_ERROR', house: this.house } };
  }
}

/** What a house may tell a caller by itself. Everything else is its own fault, and for the log. */
const CODES_FROM_HOUSES = new Set([
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'HOUSE_UNAVAILABLE',
  'NOT_FOUND',
  'RATE_LIMITED',
  'TIMEOUT',
  'UNAUTHENTICATED',
]);

/** Text of a stack trace, an address, a file or a statement: no sentence that was written for a caller holds any. */
const NOT_FOR_CALLERS =
  /:\/\/|\b(localhost|postgres|ECONN\w+|ENOTFOUND)\b|\.[jt]s:\d+|\n\s+at |\b(\d{1,3}\.){3}\d{1,3}\b|\bnode_modules\b|\b(select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from)\s/i;

const ERRORS_MAX = 50;

/** One error for each field that stays empty, at its place in the house's answer; the gateway moves it to its path. */
function silenceOf(house: string, query: string, variables: object): GraphQLFormattedError[] {
  const operation = parse(query, { noLocation: true }).definitions.find(node => node.kind === Kind.OPERATION_DEFINITION);
  const fields = operation ? responseKeys(operation.selectionSet) : [];
  const representations = fieldOf(variables, 'representations');
  const paths = Array.isArray(representations)
    ? representations.slice(0, ERRORS_MAX).flatMap((_, at) => entityKeys(operation?.selectionSet).map(key => ['_entities', at, key]))
    : fields.map(key => [key]);
  const message = `${titleOf(house)} does not answer at the moment. Everything else in this answer stands; ask for this part again later.`;
  return paths.slice(0, ERRORS_MAX).map(path => ({ message, path, extensions: { code: 'HOUSE_UNAVAILABLE', house, retryable: true } }));
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

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
const titleOf = (house: string): string => house.charAt(0).toUpperCase() + house.slice(1);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPathStep = (step: unknown): step is string | number => typeof step === 'string' || typeof step === 'number';
const fieldOf = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);
