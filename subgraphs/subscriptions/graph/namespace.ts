import { Directive, ID, ObjectType } from 'type-graphql';
import { Node } from '#kernel/graph/node';
import { DateTime } from '#kernel/graph/scalars';
import type { NamespaceId } from '#kernel/ids';
import { always, Publishes } from '#kernel/published';
import type { NamespaceRow } from '../store/tables';

@Publishes<NamespaceRow>()
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "A customer's group on the hosted product, for which subscriptions are bought.",
})
export class Namespace {
  @always(() => ID, { description: 'The global id of the namespace.' })
  readonly id!: NamespaceId;

  @always(() => String, { description: 'The path of the group, in small letters: `acme/web`.' })
  readonly path!: string;

  @always(() => DateTime, { description: 'When it was registered here.' })
  readonly createdAt!: Date;
}
