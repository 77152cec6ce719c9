import { ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { Node } from '#kernel/graph/node';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { Id } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant, PlainDate } from '#kernel/time';
import { DEAL_DECISIONS, DEAL_STATES, type DealState } from '../domain/deal-registration';
import type { DealRow } from '../store/tables';

export const DealRegistrationStateEnum = enumOf('DealRegistrationState', DEAL_STATES, {
  PENDING_APPROVAL: 'Waits for our decision, which is due within two business days.',
  APPROVED: 'Yours until `expiresOn`.',
  DENIED: 'Not yours; `reason` says why.',
  RETURNED: 'Something is missing; `reason` says what. Register it again with it.',
});
export const DealDecisionEnum = enumOf('DealDecision', DEAL_DECISIONS, {
  APPROVE: 'The deal is the partner’s for 90 days.',
  DENY: 'The deal is not the partner’s.',
  RETURN: 'Something is missing.',
});

@Publishes<DealRow>()
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A deal that a partner has registered, so that nobody else closes it.',
})
export class DealRegistration {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: Id<'dealRegistration'>;

  @always(() => DealRegistrationStateEnum, { description: 'How it stands.' })
  readonly state!: DealState;

  @always(() => String, { description: 'The plan.' })
  readonly sku!: string;

  @always(() => Int, { description: 'How many seats.' })
  readonly seats!: number;

  @always(() => PlainDateScalar, { description: 'When it is expected to close.' })
  readonly expectedCloseOn!: PlainDate;

  @always(() => PlainDateScalar, { description: 'When our decision is due.' })
  readonly decisionDueOn!: PlainDate;

  @sometimes(() => PlainDateScalar, { description: 'The day from which on it is not yours any more. Null: not approved.' })
  readonly expiresOn!: PlainDate | null;

  @sometimes(() => String, { description: 'Why it was decided so.' })
  readonly reason!: string | null;

  @sometimes(() => DateTime, { description: 'When it was extended; it can be once.' })
  readonly extendedAt!: Instant | null;

  @always(() => DateTime, { description: 'When it was registered.' })
  readonly registeredAt!: Instant;
}

export const DealRegistrationConnection = connectionType(DealRegistration, 'DealRegistration');
