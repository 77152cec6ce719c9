import { Directive, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { Node } from '#kernel/graph/node';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { LeadId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant, PlainDate } from '#kernel/time';
import type { LeadDeliveryStatus, LeadSource, LeadStatus, LeadTarget } from '../domain/lead';
import type { LeadDeliveryRow, LeadRow } from '../store/lead-tables';
import { LeadDeliveryStatusEnum, LeadSourceEnum, LeadStatusEnum, LeadTargetEnum } from './enums';

@Publishes<LeadDeliveryRow>()
@ObjectType({ simpleResolvers: true, description: 'A lead on its way to a system of sales.' })
export class LeadDelivery {
  @always(() => LeadTargetEnum, { description: 'Where it is taken to.' })
  readonly target!: LeadTarget;

  @always(() => LeadDeliveryStatusEnum, { description: 'How far it is.' })
  readonly status!: LeadDeliveryStatus;

  @always(() => Int, { description: 'How often it was tried, replays included.' })
  readonly attempts!: number;

  @sometimes(() => String, { description: 'Why the last try failed.' })
  readonly lastError!: string | null;

  @sometimes(() => String, { description: 'What it is called there.' })
  readonly reference!: string | null;

  @sometimes(() => DateTime, { description: 'When it was taken.' })
  readonly deliveredAt!: Instant | null;
}

@Publishes<LeadRow>()
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A reason to call a customer. The same reason is one lead, however often it is seen.',
})
export class Lead {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: LeadId;

  @always(() => LeadSourceEnum, { description: 'What made us think of it.' })
  readonly source!: LeadSource;

  @always(() => LeadStatusEnum, { description: 'Whether somebody has said what came of it.' })
  readonly status!: LeadStatus;

  @always(() => String, { description: 'What the customer asked, or what was seen.' })
  readonly message!: string;

  @always(() => Int, { description: 'How often it was seen.' })
  readonly signals!: number;

  @always(() => PlainDateScalar, { description: 'The day on which it was last seen.' })
  readonly lastSignalOn!: PlainDate;

  @sometimes(() => String, { description: 'Why it was closed.' })
  readonly closedReason!: string | null;

  @always(() => DateTime, { description: 'When it was first seen.' })
  readonly createdAt!: Instant;
}

export const LeadConnection = connectionType(Lead, 'Lead');
