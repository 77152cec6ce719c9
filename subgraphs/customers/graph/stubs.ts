import { type ClassType, createUnionType, Directive, Field, ID, ObjectType } from 'type-graphql';
import { Node } from '#kernel/graph/node';
import type { DirectoryKind } from '../domain/directory';
import type { DirectoryRow } from '../store/directory-tables';
import { BillingAccount } from './billing-account';

/** A neighbour's thing that the directory knows of. Its own house tells everything else of it. */
function stub(name: string, description: string): ClassType<{ readonly id: string }> {
  @Directive('@key(fields: "id", resolvable: false)')
  @ObjectType(name, { simpleResolvers: true, implements: Node, description })
  class Stub {
    @Field(() => ID, { description: 'Its id.' })
    readonly id!: string;
  }
  return Stub;
}

const Order = stub('Order', 'A purchase.');
const Subscription = stub('Subscription', 'An agreement about a product for a time.');
const Invoice = stub('Invoice', 'What is to be paid.');
const License = stub('License', 'What lets an installation run.');
const Namespace = stub('Namespace', "A customer's group on the hosted product.");

export const stubs = [Order, Subscription, Invoice, License, Namespace];

const TYPENAME_BY_KIND = {
  BILLING_ACCOUNT: 'BillingAccount',
  ORDER: 'Order',
  SUBSCRIPTION: 'Subscription',
  INVOICE: 'Invoice',
  LICENSE: 'License',
  NAMESPACE: 'Namespace',
} as const satisfies Record<DirectoryKind, string>;

/** What stands for a directory entry in the graph. */
export const stubOf = ({ kind, entityId }: DirectoryRow) => ({ __typename: TYPENAME_BY_KIND[kind], id: entityId });

export const SearchResult = createUnionType({
  name: 'SearchResult',
  description: 'What a search can find. More kinds may come.',
  types: () => [BillingAccount, Subscription, Invoice, License, Order] as const,
  resolveType: (found: object) => ('__typename' in found ? String(found.__typename) : undefined),
});
