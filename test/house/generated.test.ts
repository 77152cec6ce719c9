/** What is generated from the code is committed, current, and one graph. */
import 'reflect-metadata';
import '../../gateway/apollo-telemetry-off';
import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { buildSchema, parse, validate } from 'graphql';
import { Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { anyone, open } from '#kernel/auth/rules';
import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import {
  compose,
  evidenceOf,
  type GeneratedFiles,
  generatedFiles,
  type HouseEvidence,
  manifestFiles,
  scopeFiles,
  staleFiles,
  Uncomposable,
} from '../../scripts/generate';
import { housesWithTables, pendingStatements } from '../../scripts/migrations';
import { partnerSdkFiles } from '../../scripts/partner-sdk';
import { houseNames } from '../../scripts/platform/houses';

@ObjectType({ simpleResolvers: true, description: 'A bell.' })
class Bell {
  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A bell that nobody described well.' })
class SilentBell {
  @Field(() => ID)
  readonly id!: string;
}

@Resolver()
class BellResolver {
  @Query(() => Bell, { nullable: true, description: 'The bell.' })
  bell(): Bell | null {
    return null;
  }
}

@Resolver()
class SilentBellResolver {
  @Query(() => SilentBell, { nullable: true, description: 'The bell.' })
  silentBell(): SilentBell | null {
    return null;
  }
}

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n';
const tower: HouseEvidence = {
  house: 'tower',
  sdl: `${link}type Query { bell: Bell } type Bell @key(fields: "id") { id: ID! }`,
  permissions: '| Query.bell | anyone |\n',
  forPartners: [],
};

describe('the houses', () => {
  let files: GeneratedFiles;

  beforeAll(async () => {
    const houses: HouseEvidence[] = [];
    for (const house of houseNames()) houses.push(await evidenceOf(house));
    const graph = generatedFiles(houses);
    const sdk = partnerSdkFiles(graph['schema/partner.graphql']!);
    files = { ...graph, ...manifestFiles(), ...sdk, ...(await scopeFiles(houseNames())) };
  }, 120_000);

  test('compose into one graph', () => {
    expect(files['schema/supergraph.graphql']).toContain('join__Graph');
  });

  test('have no root named Subscription: what is named so is bought', async () => {
    const gateway = new ApolloGateway({ supergraphSdl: files['schema/supergraph.graphql'] ?? '' });
    const { schema } = await gateway.load();
    await gateway.stop();
    expect(schema.getSubscriptionType()).toBeUndefined();
    expect(buildSchema(files['schema/api.graphql'] ?? '').getSubscriptionType()?.name).toBe('LiveUpdates');
  });

  test('answer every document that clients start from', () => {
    const schema = buildSchema(files['schema/api.graphql'] ?? '');
    const documents = parse(readFileSync('operations/operations.graphql', 'utf8'));
    expect(validate(schema, documents).map(fault => fault.message)).toEqual([]);
  });

  test('have committed what is generated from them', () => {
    expect(staleFiles(files)).toEqual([]);
  });
});

test.each(housesWithTables())('the migrations of %s lead to its tables', async house => {
  expect((await pendingStatements(house)).statements).toEqual([]);
});

describe('a house does not build', () => {
  test('when a field has no rule', () => {
    const build = () => buildFederatedSchema({ resolvers: [BellResolver], references: {}, permissions: { Query: { bell: anyone } } });
    expect(build).toThrow('Bell.id has no rule');
  });

  test('when a root field leans on a parent that nobody checked', () => {
    const build = () =>
      buildFederatedSchema({ resolvers: [BellResolver], references: {}, permissions: { Query: { bell: open }, Bell: { '*': open } } });
    expect(build).toThrow('Query.bell has no parent that was checked');
  });

  test('when a field has no description', () => {
    const build = () =>
      buildFederatedSchema({
        resolvers: [SilentBellResolver],
        references: {},
        permissions: { Query: { '*': anyone }, SilentBell: { '*': open } },
      });
    expect(build).toThrow('SilentBell.id');
  });

  test('and builds when nothing is missing', () => {
    const build = () =>
      buildFederatedSchema({ resolvers: [BellResolver], references: {}, permissions: { Query: { bell: anyone }, Bell: { '*': open } } });
    expect(build).not.toThrow();
  });
});

test('a generated file that was edited, or that is missing, is named', () => {
  const files = generatedFiles([tower]);
  const edited = (path: string) =>
    path === 'schema/api.graphql' ? 'type Query { rope: String }' : path === 'schema/tower.graphql' ? null : (files[path] ?? null);
  expect(staleFiles(files, edited)).toEqual(['schema/tower.graphql', 'schema/api.graphql']);
});

test('houses that contradict each other do not compose, and it is said why', () => {
  const church = {
    house: 'church',
    sdl: `${link}type Query { name: String } type Bell @key(fields: "id") { id: ID! tone(octave: Int!): String @shareable }`,
  };
  const museum = { house: 'museum', sdl: `${link}type Query { name: String } type Bell { id: ID! weight: Int }` };
  expect(() => compose([tower, church, museum])).toThrow(Uncomposable);
  expect(() => compose([tower, church, museum])).toThrow(/name/);
});
