import { Directive, ID, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { Node } from '#kernel/graph/node';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { PaymentId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { PAYMENT_KINDS, PAYMENT_STATUSES, type PaymentKind, type PaymentStatus } from '../domain/payment';
import type { PaymentRow } from '../store/tables';

export const PaymentKindEnum = enumOf('PaymentKind', PAYMENT_KINDS, 'How the money comes.', {
  CARD: 'Charged on a card.',
  BANK_TRANSFER: 'Sent by the customer.',
});
export const PaymentStatusEnum = enumOf('PaymentStatus', PAYMENT_STATUSES, 'How far a payment is.', {
  REQUESTED: 'The payment provider has been asked and has not answered yet.',
  REQUIRES_ACTION: 'The bank wants the buyer to confirm it: send the answer with `confirmPayment`.',
  AUTHORIZED: 'The amount is reserved on the card and not taken yet.',
  CAPTURED: 'The money has arrived.',
  FAILED: 'It was refused, and nothing was taken.',
});

@Publishes<PaymentRow>()
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, implements: Node, description: 'Money on its way in, or arrived.' })
export class Payment {
  @always(() => ID, { description: 'The global id of the payment.' })
  id!: PaymentId;

  @always(() => PaymentKindEnum, { description: 'How the money comes.' })
  kind!: PaymentKind;

  @always(() => PaymentStatusEnum, { description: 'How far it is.' })
  status!: PaymentStatus;

  @sometimes(() => String, { description: 'What the sender of a bank transfer wrote on it.' })
  reference!: string | null;

  @sometimes(() => String, { description: 'Why it was refused, when it was.' })
  failure!: string | null;

  @always(() => DateTime, { description: 'When it was asked for.' })
  requestedAt!: Date;

  @sometimes(() => PlainDateScalar, { description: 'The day on which the money arrived.' })
  receivedOn!: PlainDate | null;
}
