import { GraphQLError } from 'graphql';
import { Arg, Ctx, Directive, ID, Int, Query, Resolver } from 'type-graphql';
import { canSeeAccount, isStaff } from '#kernel/auth/viewer';
import { Node } from '#kernel/graph/node';
import { kindOf } from '#kernel/ids';
import { SEARCHED_KINDS, soughtIn } from '../domain/directory';
import { accountById } from '../store/accounts';
import { directoryEntryById, entriesFor } from '../store/directory';
import type { DirectoryRow } from '../store/directory-tables';
import { visibleAccount } from './billing-account.resolver';
import type { CustomersContext } from './context';
import { visibleLead } from './lead.resolver';
import { visibleUser } from './member.resolver';
import { visibleOrganization } from './organization.resolver';
import { SearchResult, stubOf } from './stubs';

const FOUND_MAX = 50;
const FOUND_DEFAULT = 20;

interface Found {
  readonly __typename: string;
  readonly id: string;
}

@Resolver()
export class DirectoryResolver {
  @Query(() => Node, { nullable: true, description: 'Anything, by its global id. Null when there is no such thing that you may know of.' })
  async node(@Arg('id', () => ID, { description: 'The global id.' }) id: string, @Ctx() ctx: CustomersContext): Promise<Found | null> {
    switch (kindOf(id)) {
      case 'account':
        return typed('BillingAccount', await visibleAccount(ctx, id));
      case 'organization':
        return typed('Organization', await visibleOrganization(ctx, id));
      case 'user':
        return typed('User', await visibleUser(ctx, id));
      case 'lead':
        return typed('Lead', await visibleLead(ctx, id));
      case null:
        return null;
      default: {
        const entry = await ctx.load(directoryEntryById, id);
        return entry && canSeeAccount(ctx.viewer, entry.accountId) ? stubOf(entry) : null;
      }
    }
  }

  @Directive('@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)')
  @Query(() => [SearchResult], {
    nullable: true,
    description: 'What has a number, name or address with words that begin as the words of the term do. Capitals do not matter.',
  })
  async search(
    @Arg('term', () => String, { description: 'One to six words: `A00012345`, `northwind tra`, `ada@northwind.example`.' }) term: string,
    @Arg('first', () => Int, { defaultValue: FOUND_DEFAULT, description: 'How many to answer: 1 to 50.' }) first: number,
    @Ctx() ctx: CustomersContext,
  ): Promise<readonly Found[]> {
    if (first < 1 || first > FOUND_MAX)
      throw new GraphQLError(`\`first\` is 1 to ${FOUND_MAX}.`, { extensions: { code: 'BAD_USER_INPUT' } });
    const { viewer } = ctx;
    const entries = await entriesFor(ctx.db, soughtIn(term), isStaff(viewer) ? null : viewer.accounts, first);
    const found = await Promise.all(entries.filter(isSearched).map(entry => foundFor(ctx, entry)));
    return found.filter(one => one !== null);
  }
}

const isSearched = ({ kind }: DirectoryRow): boolean => SEARCHED_KINDS.some(searched => searched === kind);

/** An account of ours comes whole, because its fields are asked of us; anything else is for its own house to tell. */
const foundFor = async (ctx: CustomersContext, entry: DirectoryRow): Promise<Found | null> =>
  entry.kind === 'BILLING_ACCOUNT' ? typed('BillingAccount', await ctx.load(accountById, entry.accountId)) : stubOf(entry);

const typed = <Row extends { readonly id: string }>(typename: string, row: Row | null) => row && { ...row, __typename: typename };
