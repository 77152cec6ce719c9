import 'reflect-metadata';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { type ExecutionResult, type GraphQLSchema, graphql, isEnumType, parse, printSchema } from 'graphql';
import { Arg, Args, Ctx, Directive, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { accountReference, accountStub } from '../auth/references';
import { open, type Permissions, roles, signedIn } from '../auth/rules';
import { permissionMatrix } from '../auth/shield';
import { anonymous, type Role, type Viewer } from '../auth/viewer';
import { type AccountId, type Id, idFromUuid } from '../ids';
import { type Money, money } from '../money';
import { refuse } from '../result';
import { ConnectionArgs, connectionOf, connectionType, idKey } from './connection';
import { enumOf } from './enum';
import { buildFederatedSchema, type FederatedSchema, subgraphSdl } from './federated-schema';
import { MoneyType } from './money';
import { Node } from './node';
import { answer, userErrorType } from './user-error';

interface Context {
  readonly viewer: Viewer;
  readonly correlationId: string;
}
interface AccountRow {
  readonly id: AccountId;
  readonly name: string;
}

const mine: AccountId = idFromUuid('account', '00000000-0000-7000-8000-000000000001');
const theirs: AccountId = idFromUuid('account', '00000000-0000-7000-8000-000000000002');
const rows: readonly AccountRow[] = [mine, theirs].map(id => ({ id, name: `Account ${id.at(-1)}` }));
const viewer = (...held: Role[]): Viewer => ({ ...anonymous, subject: 'usr_1', roles: held, accounts: [mine] });

// ── a house that owns the account, and one that only adds to it; both classes are called BillingAccount ──
const owner = (() => {
  const Segment = enumOf('Segment', ['SMALL', 'LARGE'], 'How big a customer is.', { SMALL: 'A few seats.', LARGE: 'Thousands of seats.' });

  @Directive('@key(fields: "id")')
  @ObjectType({ simpleResolvers: true, implements: Node, description: 'Who is billed.' })
  class BillingAccount {
    @Field(() => ID, { description: 'Its id.' }) readonly id!: string;
    @Field(() => String, { description: 'Its name.' }) readonly name!: string;
    @Field(() => MoneyType, { nullable: true, description: 'What it may owe at most.' }) readonly limit!: Money | null;
  }

  @Resolver(() => BillingAccount)
  class BillingAccountResolver {
    @Query(() => BillingAccount, { nullable: true, description: 'A billing account.' })
    billingAccount(
      @Arg('id', () => ID, { description: 'Its id.' }) id: string,
      @Arg('segment', () => Segment, { defaultValue: Segment.SMALL, description: 'Which kind.' }) _segment: string,
    ): AccountRow | null {
      return rows.find(row => row.id === id) ?? null;
    }

    @FieldResolver(() => MoneyType, { nullable: true })
    limit(): Money {
      return money(-123456n, 'EUR');
    }
  }

  const source: FederatedSchema<Context> = {
    resolvers: [BillingAccountResolver],
    references: {
      BillingAccount: accountReference(
        async ({ id }) => rows.find(row => row.id === id) ?? null,
        row => row.id,
      ),
    },
    permissions: { Query: { billingAccount: signedIn }, BillingAccount: { '*': open, limit: roles('FINANCE') } },
  };
  return source;
})();

const adder = (() => {
  const { Payload } = userErrorType({ ORDER_REFUSED: 'The order cannot be placed.' });

  @Directive('@key(fields: "id")')
  @ObjectType({ simpleResolvers: true, description: 'Who orders.' })
  class BillingAccount {
    @Field(() => ID, { description: 'Its id.' }) readonly id!: string;
  }

  @ObjectType({ simpleResolvers: true, description: 'A purchase.' })
  class Order {
    @Field(() => ID, { description: 'Its id.' }) readonly id!: string;
  }

  const OrderConnection = connectionType(Order, 'Order');
  const orderIds = [1, 2, 3].map(n => idFromUuid('order', `00000000-0000-7000-8000-00000000000${n}`));

  @ObjectType({ simpleResolvers: true, description: 'What came of an order.' })
  class PlaceOrderPayload extends Payload {
    @Field(() => Order, { nullable: true, description: 'The order.' }) readonly order!: Order | null;
  }

  @Resolver(() => BillingAccount)
  class AccountOrdersResolver {
    @FieldResolver(() => OrderConnection, { description: 'Its orders.' })
    orders(@Root() _account: BillingAccount, @Args(() => ConnectionArgs) args: ConnectionArgs) {
      return connectionOf(args, {
        key: idKey('order'),
        cursorOf: (row: { readonly id: Id<'order'> }) => row.id,
        rows: async (limit, after) =>
          orderIds
            .filter(id => after === null || id > after)
            .slice(0, limit)
            .map(id => ({ id })),
        count: async () => orderIds.length,
      });
    }

    @Mutation(() => PlaceOrderPayload, { description: 'Places an order.' })
    placeOrder(@Ctx() ctx: Context) {
      return answer(ctx, refuse('ORDER_REFUSED', 'Not today.', { path: ['input'] }), (order: { id: string }) => ({ order }));
    }
  }

  const source: FederatedSchema<Context> = {
    resolvers: [AccountOrdersResolver],
    orphanedTypes: [BillingAccount],
    references: { BillingAccount: accountStub },
    permissions: { BillingAccount: { '*': open }, Order: { '*': open }, Mutation: { placeOrder: signedIn } },
  };
  return source;
})();

const run = (schema: GraphQLSchema, source: string, asking: Viewer): Promise<ExecutionResult> =>
  graphql({ schema, source, contextValue: { viewer: asking, correlationId: 'cor-1' } });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('two houses in one process', () => {
  const ownerSchema = buildFederatedSchema(owner);
  const adderSchema = buildFederatedSchema(adder);

  test('each publishes its own BillingAccount and nothing of the other', () => {
    expect(printSchema(ownerSchema)).toContain('limit: Money');
    expect(printSchema(ownerSchema)).not.toContain('Order');
    expect(printSchema(adderSchema)).toContain('orders(');
    expect(printSchema(adderSchema)).not.toContain('limit: Money');
    expect(printSchema(adderSchema)).not.toContain('Segment');
  });

  test('a value type is computed from its source object, enums keep their defaults', async () => {
    const answered = await run(ownerSchema, `{ billingAccount(id: "${mine}") { name limit { amount currency } } }`, viewer('FINANCE'));
    expect(plain(answered)).toEqual({ data: { billingAccount: { name: 'Account 1', limit: { amount: '-1234.56', currency: 'EUR' } } } });
    expect(isEnumType(ownerSchema.getType('Segment'))).toBe(true);
    expect(printSchema(ownerSchema)).toContain('segment: Segment! = SMALL');
  });

  test('a page is answered by reference, counted only when asked', async () => {
    const query = `{ _entities(representations: [{ __typename: "BillingAccount", id: "${mine}" }, { __typename: "BillingAccount", id: "${theirs}" }, { __typename: "BillingAccount", id: "garbage" }]) {
      ... on BillingAccount { id orders(first: 2) { nodes { id } edges { cursor } totalCount pageInfo { hasNextPage endCursor } } } } }`;
    const answered = await run(adderSchema, query, viewer('BUYER'));
    expect(plain(answered)).toMatchObject({
      data: { _entities: [{ id: mine, orders: { nodes: [{}, {}], totalCount: 3, pageInfo: { hasNextPage: true } } }, null, null] },
    });
  });

  test('a refusal becomes a payload with its user error', async () => {
    const answered = await run(
      adderSchema,
      'mutation { placeOrder { order { id } userErrors { code message path retryable } correlationId } }',
      viewer('BUYER'),
    );
    expect(plain(answered)).toEqual({
      data: {
        placeOrder: {
          order: null,
          userErrors: [{ code: 'ORDER_REFUSED', message: 'Not today.', path: ['input'], retryable: false }],
          correlationId: 'cor-1',
        },
      },
    });
  });

  test('the SDL carries keys, links and the size of lists, and is the same every time', () => {
    const sdl = subgraphSdl(adder);
    expect(sdl).toContain('type BillingAccount @key(fields: "id")');
    expect(sdl).toContain('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)');
    expect(sdl).toContain('https://specs.apollo.dev/federation/v2.9');
    expect(subgraphSdl(adder)).toBe(sdl);
    expect(subgraphSdl(owner)).toContain('scalar Decimal @specifiedBy(url: ');
    expect(subgraphSdl({ ...owner, extraSdl: 'extend enum Segment @tag(name: "internal")' })).toContain('extend enum Segment @tag');
  });
});

test('the two compose into one graph', () => {
  const services = Object.entries({ owner, adder }).map(([name, source]) => ({ name, typeDefs: parse(subgraphSdl(source)) }));
  const composed = composeServices(services);
  expect(compositionHasErrors(composed) ? composed.errors.map(error => error.message) : []).toEqual([]);
});

describe('who may have what', () => {
  const schema = buildFederatedSchema(owner);

  test('a field that is denied is null, with FORBIDDEN; its neighbours answer', async () => {
    const answered = await run(schema, `{ billingAccount(id: "${mine}") { name limit { amount } } }`, viewer('BUYER'));
    expect(plain(answered)).toMatchObject({
      data: { billingAccount: { name: 'Account 1', limit: null } },
      errors: [{ path: ['billingAccount', 'limit'], extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test('who has not signed in is told so', async () => {
    const answered = await run(schema, `{ billingAccount(id: "${mine}") { name } }`, anonymous);
    expect(plain(answered)).toMatchObject({ data: { billingAccount: null }, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test("another's account is answered by reference as if it did not exist, to staff it exists", async () => {
    const query = `{ _entities(representations: [{ __typename: "BillingAccount", id: "${theirs}" }]) { ... on BillingAccount { name } } }`;
    expect(plain(await run(schema, query, viewer('BUYER')))).toEqual({ data: { _entities: [null] } });
    expect(plain(await run(schema, query, viewer('SUPPORT')))).toEqual({ data: { _entities: [{ name: 'Account 2' }] } });
  });

  test('open fields are left unwrapped', () => {
    const type = schema.getType('BillingAccount');
    const fields = type && 'getFields' in type ? type.getFields() : {};
    expect(fields.name).toMatchObject({ resolve: undefined });
    expect(fields.limit).toMatchObject({ resolve: expect.any(Function) });
  });

  test('the evidence names every field and who may have it', () => {
    expect(permissionMatrix(schema, owner.permissions)).toBe(
      [
        '| field | who |',
        '|---|---|',
        '| BillingAccount.id | open |',
        '| BillingAccount.limit | FINANCE |',
        '| BillingAccount.name | open |',
        '| Query.billingAccount | signed in |',
        '',
      ].join('\n'),
    );
  });

  const withRules = (permissions: Permissions) => () => buildFederatedSchema({ ...owner, permissions });

  test('a field without a rule, a rule for nothing and an open root field do not build', () => {
    expect(withRules({ Query: { billingAccount: signedIn }, BillingAccount: { id: open, limit: open } })).toThrow(
      'BillingAccount.name has no rule',
    );
    expect(withRules({ ...owner.permissions, Ordre: { '*': open } })).toThrow('there is no type Ordre');
    expect(withRules({ ...owner.permissions, BillingAccount: { '*': open, nmae: open } })).toThrow('there is no field BillingAccount.nmae');
    expect(withRules({ ...owner.permissions, Query: { '*': open } })).toThrow('Query.billingAccount has no parent that was checked');
  });
});

describe('what must not be forgotten', () => {
  test('an entity without a reference resolver does not build, nor a resolver without an entity', () => {
    expect(() => buildFederatedSchema({ ...owner, references: {} })).toThrow('BillingAccount has a key and no reference resolver');
    expect(() => buildFederatedSchema({ ...owner, references: { ...owner.references, Order: accountStub } })).toThrow(
      'Order has a reference resolver and no key',
    );
  });

  test('what is not described does not build', () => {
    @ObjectType({ simpleResolvers: true, description: 'A thing.' })
    class Thing {
      @Field(() => String) readonly name!: string;
    }
    @Resolver()
    class ThingResolver {
      @Query(() => Thing, { nullable: true, description: 'A thing.' })
      thing(@Arg('id', () => ID) _id: string): Thing | null {
        return null;
      }
    }
    const permissions = { Query: { thing: signedIn }, Thing: { '*': open } };
    expect(() => buildFederatedSchema({ resolvers: [ThingResolver], references: {}, permissions })).toThrow(
      /Query\.thing\(id:\).*Thing\.name|Thing\.name.*Query\.thing\(id:\)/,
    );
  });
});
