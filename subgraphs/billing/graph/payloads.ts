import { Field, ObjectType } from 'type-graphql';
import { Wrapper } from '#kernel/graph/plain-resolver';
import { userErrorType } from '#kernel/graph/user-error';
import { Invoice } from './invoice';
import { Payment } from './payment';
import { PaymentMethod } from './payment-method';

/** Billing's refusals, and what a client is to do about them. */
export const { Payload } = userErrorType({
  AMOUNT_NOT_POSITIVE: 'The amount is not above zero.',
  BILLING_ACCOUNT_NOT_FOUND: 'There is no such billing account.',
  CREDIT_EXCEEDS_INVOICE: 'The credit is more than is left of the invoice.',
  CREDIT_EXCEEDS_LINE: 'The credit is more than is left of the line.',
  CREDIT_INSUFFICIENT: 'The account has less credit than that, refunds on their way counted.',
  CREDIT_NOTHING_LEFT: 'Nothing is left to credit on the invoice.',
  CURRENCY_MISMATCH: 'The amount is not in the currency of what it is for.',
  INVOICE_ALREADY_PAID: 'Nothing is owed on the invoice any more.',
  INVOICE_ALREADY_VOIDED: 'The invoice was voided before.',
  INVOICE_LINE_NOT_FOUND: 'The invoice has no such line, or it is named twice.',
  INVOICE_NOT_CREDITABLE: 'Only posted invoices can be credited.',
  INVOICE_NOT_FOUND: 'There is no such invoice.',
  INVOICE_NOT_PAYABLE: 'Only posted invoices can be paid.',
  INVOICE_NOT_VOIDABLE: 'A part of the invoice was paid or credited. Post a credit memo instead.',
  OVERPAYMENT: 'The amount is more than is owed, payments on their way counted.',
  PAYMENT_CHALLENGE_FAILED: "The bank did not accept the buyer's answer.",
  PAYMENT_IN_PROGRESS: 'A payment of all that is owed is on its way.',
  PAYMENT_METHODS_LIMIT: 'The account has as many payment methods as it may.',
  PAYMENT_METHOD_EXPIRED: 'The card has expired.',
  PAYMENT_METHOD_NOT_FOUND: 'The account has no such payment method.',
  PAYMENT_NOT_CONFIRMABLE: 'The payment does not wait for a confirmation.',
  PAYMENT_NOT_FOUND: 'There is no such payment.',
  PAYMENT_NOT_REFUNDABLE: 'Only a card payment that has arrived can be refunded.',
  PAYMENT_PROVIDER_UNAVAILABLE: 'The payment provider does not answer. Send the same request again later.',
  PAYMENT_TOKEN_UNKNOWN: 'The payment provider does not know the token.',
  PERIOD_ALREADY_CLOSED: 'The month is closed already.',
  PERIOD_CLOSED: 'The books of that month are closed.',
  PERIOD_NOT_CLOSED: 'The month is open.',
  PERIOD_NOT_OVER: 'The month is not over yet.',
  RECEIVED_IN_FUTURE: 'A transfer is recorded once it has arrived.',
  REFUND_EXCEEDS_PAYMENT: 'The amount is more than is left of the payment, refunds on their way counted.',
  TRANSFER_DIFFERS: 'What a transfer pays is not what arrived, or it names an invoice twice.',
});

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of adding a payment method.' })
export class AddPaymentMethodPayload extends Payload {
  @Field(() => PaymentMethod, { nullable: true, description: 'The payment method.' })
  readonly paymentMethod!: PaymentMethod | null;
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of paying an invoice.' })
export class PayInvoicePayload extends Payload {
  @Field(() => Payment, { nullable: true, description: 'The payment. The card is charged in a moment: ask for its status again.' })
  readonly payment!: Payment | null;

  @Field(() => Invoice, { nullable: true, description: 'The invoice. Its balance falls when the money has arrived.' })
  readonly invoice!: Invoice | null;
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of confirming a payment.' })
export class ConfirmPaymentPayload extends Payload {
  @Field(() => Payment, { nullable: true, description: 'The payment as the bank answered.' })
  readonly payment!: Payment | null;
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of recording a payment.' })
export class RecordPaymentPayload extends Payload {
  @Field(() => Payment, { nullable: true, description: 'The payment.' })
  readonly payment!: Payment | null;

  @Field(() => Invoice, { nullable: true, description: 'The invoice with its new balance.' })
  readonly invoice!: Invoice | null;
}
