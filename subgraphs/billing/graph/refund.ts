import { ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { REFUND_STATUSES, type RefundStatus } from '../domain/refund';
import type { RefundRow } from '../store/tables';

export const RefundStatusEnum = enumOf('RefundStatus', REFUND_STATUSES, 'How far a refund is.', {
  REQUESTED: 'The payment provider has been asked and has not answered yet.',
  SUCCEEDED: 'The money has left.',
  FAILED: 'The provider refused; the amount is credit of the account again.',
});

@Publishes<RefundRow>()
@ObjectType({ simpleResolvers: true, description: 'Money on its way back to the card that paid, or given back.' })
export class Refund {
  @always(() => String, { description: 'Its number: `RF-00012345-0001`.' })
  number!: string;

  @always(() => RefundStatusEnum, { description: 'How far it is.' })
  status!: RefundStatus;

  @always(() => String, { description: 'How much of the payment was left to give back when it was asked for.' })
  working!: string;

  @sometimes(() => String, { description: 'Why the provider refused, when it did.' })
  failure!: string | null;

  @always(() => DateTime, { description: 'When it was asked for.' })
  requestedAt!: Date;

  @sometimes(() => PlainDateScalar, { description: 'The day on which the money left.' })
  refundedOn!: PlainDate | null;
}
