import { Directive, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { Node } from '#kernel/graph/node';
import { DateTime } from '#kernel/graph/scalars';
import type { PaymentMethodId } from '#kernel/ids';
import { always, Publishes } from '#kernel/published';
import {
  CARD_BRANDS,
  type CardBrand,
  PAYMENT_METHOD_KINDS,
  PAYMENT_METHOD_STATUSES,
  type PaymentMethodKind,
} from '../domain/payment-method';
import type { PaymentMethodRow } from '../store/tables';

export const PaymentMethodKindEnum = enumOf('PaymentMethodKind', PAYMENT_METHOD_KINDS, 'How an account can be charged.', {
  CARD: 'A credit or debit card.',
});
export const CardBrandEnum = enumOf('CardBrand', CARD_BRANDS, 'The network of a card.', {
  AMEX: 'American Express.',
  MASTERCARD: 'Mastercard.',
  OTHER: 'Another network.',
  VISA: 'Visa.',
});
export const PaymentMethodStatusEnum = enumOf('PaymentMethodStatus', PAYMENT_METHOD_STATUSES, 'Whether a payment method can be charged.', {
  ACTIVE: 'It can be charged.',
  EXPIRED: 'The month printed on the card is over.',
});

@Publishes<PaymentMethodRow>()
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A card that an account can be charged on. Its number is known to the payment provider only.',
})
export class PaymentMethod {
  @always(() => ID, { description: 'The global id of the payment method.' })
  id!: PaymentMethodId;

  @always(() => PaymentMethodKindEnum, { description: 'What kind of payment method it is.' })
  kind!: PaymentMethodKind;

  @always(() => CardBrandEnum, { description: "The card's network." })
  brand!: CardBrand;

  @always(() => String, { description: 'The last four digits of the card.' })
  lastFour!: string;

  @always(() => Int, { description: 'The month in which the card expires, 1 to 12.' })
  expiryMonth!: number;

  @always(() => Int, { description: 'The year in which the card expires.' })
  expiryYear!: number;

  @always(() => DateTime, { description: 'When it was added.' })
  addedAt!: Date;
}
