import { Directive, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '#kernel/graph/node';
import { DateTime } from '#kernel/graph/scalars';
import type { OrganizationId } from '#kernel/ids';
import { always, Publishes } from '#kernel/published';
import type { Instant } from '#kernel/time';
import type { OrganizationRow } from '../store/tables';

@Publishes<OrganizationRow>()
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A company. It may belong to another, and may pay through several billing accounts.',
})
export class Organization {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: OrganizationId;

  @always(() => String, { description: 'Its name.' })
  readonly name!: string;

  @always(() => Int, { description: 'Grows with each change; send it as `ifVersion`.' })
  readonly version!: number;

  @always(() => DateTime, { description: 'When it became known to us.' })
  readonly createdAt!: Instant;
}
