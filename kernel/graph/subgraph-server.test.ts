import 'reflect-metadata';
import { Min } from 'class-validator';
import { GraphQLError } from 'graphql';
import { Arg, Field, InputType, Int, Query, Resolver } from 'type-graphql';
import { anyone } from '../auth/rules';
import { anonymous } from '../auth/viewer';
import { buildFederatedSchema, validated } from './federated-schema';
import { type SubgraphServer, startSubgraphServer } from './subgraph-server';

@InputType({ description: 'How much.' })
class QuantityInput {
  @Min(1)
  @Field(() => Int, { description: 'How many.' })
  readonly quantity!: number;
}

@Resolver()
class ProbeResolver {
  @Query(() => String, { nullable: true, description: 'Fails as a driver does.' })
  fault(): string {
    throw Object.assign(new Error('insert into orders failed at db.internal:5432'), { code: '23505', extensions: { code: 'FORBIDDEN' } });
  }

  @Query(() => String, { nullable: true, description: 'Declines on purpose.' })
  limited(): string {
    throw new GraphQLError('Too many requests.', { extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 3, host: 'db.internal' } });
  }

  @Query(() => Int, { nullable: true, description: 'Echoes.' })
  echo(@Arg('input', () => QuantityInput, { description: 'What to echo.', validate: validated }) input: QuantityInput): number {
    return input.quantity;
  }
}

const faults: { requestId: string; path: string; error: unknown }[] = [];
let server: SubgraphServer<object>;

beforeAll(async () => {
  const schema = buildFederatedSchema({ resolvers: [ProbeResolver], references: {}, permissions: { Query: { '*': anyone } } });
  server = await startSubgraphServer({ schema, logFault: fault => faults.push(fault) });
});
afterAll(() => server.stop());

const post = (body: unknown, headers: Iterable<readonly [string, string]> = [['content-type', 'application/json']]) =>
  server.execute({ method: 'POST', headers, body, requestId: 'req-1', context: async () => ({ viewer: anonymous }) });
const ask = async (query: string, variables: object = {}) => JSON.parse((await post({ query, variables })).body);

test('a fault tells one sentence and a request id; the log is told all', async () => {
  const answered = await ask('{ fault echo(input: { quantity: 2 }) }');
  expect(answered).toMatchObject({
    data: { fault: null, echo: 2 },
    errors: [
      { message: 'Something went wrong on our side.', path: ['fault'], extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'req-1' } },
    ],
  });
  expect(JSON.stringify(answered)).not.toMatch(/insert|internal:|23505|stack/);
  expect(faults).toEqual([{ requestId: 'req-1', path: 'fault', error: expect.objectContaining({ code: '23505' }) }]);
});

test('an error on purpose passes, with the details that are listed and no others', async () => {
  const { errors } = await ask('{ limited }');
  expect(errors[0]).toMatchObject({
    message: 'Too many requests.',
    extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 3, requestId: 'req-1' },
  });
  expect(errors[0].extensions.host).toBeUndefined();
});

test('an input that breaks its rules is told which, without the input', async () => {
  const { errors } = await ask('{ echo(input: { quantity: -77 }) }');
  expect(errors[0].extensions).toEqual({
    code: 'BAD_USER_INPUT',
    problems: [{ path: ['quantity'], message: 'quantity must not be less than 1' }],
    requestId: 'req-1',
  });
  expect(JSON.stringify(errors)).not.toContain('-77');
});

test.each([
  ['a broken document', '{ fault', 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{ faul }', 'GRAPHQL_VALIDATION_FAILED'],
  ['introspection', '{ __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['too many tokens', `{ ${'fault '.repeat(20_001)} }`, 'GRAPHQL_PARSE_FAILED'],
])('%s is told by its code and suggests nothing', async (_name, query, code) => {
  const answered = await post({ query });
  const { errors } = JSON.parse(answered.body);
  expect(answered.status).toBe(400);
  expect(errors[0].extensions).toMatchObject({ code, requestId: 'req-1' });
  expect(errors[0].message).not.toContain('Did you mean');
});

test('batches, forms and what is no GraphQL are refused', async () => {
  expect((await post([{ query: '{ limited }' }])).status).toBe(400);
  expect((await post({ query: '{ limited }' }, [['content-type', 'text/plain']])).status).toBe(400);
  expect((await post({})).status).toBe(400);
  expect(
    (await server.execute({ method: 'GET', headers: [], search: '?query={limited}', body: {}, requestId: 'r', context: async () => ({}) }))
      .status,
  ).toBe(400);
});

test('requests at the same time keep their own request ids', async () => {
  const both = await Promise.all(
    ['a', 'b'].map(requestId =>
      server.execute({
        method: 'POST',
        headers: [['content-type', 'application/json']],
        body: { query: '{ limited }' },
        requestId,
        context: async () => ({ viewer: anonymous }),
      }),
    ),
  );
  expect(both.map(answered => JSON.parse(answered.body).errors[0].extensions.requestId)).toEqual(['a', 'b']);
});
