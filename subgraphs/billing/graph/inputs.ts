import { Field, ID, InputType, Int } from 'type-graphql';
import { MoneyInput } from '#kernel/graph/money';
import { MutationInput } from '#kernel/graph/mutation-input';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import type { InvoiceStatus } from '../domain/invoice';
import { InvoiceStatusEnum } from './invoice';

@InputType({ description: 'A condition on the status of an invoice.' })
export class InvoiceStatusFilter {
  @Field(() => InvoiceStatusEnum, { nullable: true, description: 'It is this one.' })
  readonly eq?: InvoiceStatus | null;

  @Field(() => [InvoiceStatusEnum], { nullable: true, description: 'It is one of these.' })
  readonly in?: InvoiceStatus[] | null;
}

@InputType({ description: 'A condition on the days since an unpaid invoice was due.' })
export class DaysOverdueFilter {
  @Field(() => Int, { nullable: true, description: 'At least so many days: 1 to 36500.' })
  readonly gte?: number | null;
}

@InputType({ description: 'Which invoices are wanted. All conditions hold together.' })
export class InvoiceWhere {
  @Field(() => InvoiceStatusFilter, { nullable: true, description: 'By their status.' })
  readonly status?: InvoiceStatusFilter | null;

  @Field(() => DaysOverdueFilter, { nullable: true, description: 'By how long they have been due and unpaid.' })
  readonly daysOverdue?: DaysOverdueFilter | null;
}

@InputType({ description: 'A card to keep for an account.' })
export class AddPaymentMethodInput extends MutationInput {
  @Field(() => ID, { description: 'The account that may be charged.' })
  readonly billingAccountId!: string;

  @Field(() => String, { description: "What the payment provider's form gave you for the card. We never see its number." })
  readonly providerToken!: string;
}

@InputType({ description: 'A payment of an open invoice by card.' })
export class PayInvoiceInput extends MutationInput {
  @Field(() => String, { description: 'The number of the invoice.' })
  readonly invoiceNumber!: string;

  @Field(() => ID, { description: 'The card to charge.' })
  readonly paymentMethodId!: string;

  @Field(() => MoneyInput, { nullable: true, description: 'How much to pay. All that is open when absent.' })
  readonly amount?: MoneyInput | null;
}

@InputType({ description: "The buyer's answer to the bank's question about a payment." })
export class ConfirmPaymentInput extends MutationInput {
  @Field(() => ID, { description: 'The payment that waits for it.' })
  readonly paymentId!: string;

  @Field(() => String, { description: 'The code that the bank sent to the buyer.' })
  readonly challengeResponse!: string;
}

@InputType({ description: 'A bank transfer that has arrived.' })
export class RecordPaymentInput extends MutationInput {
  @Field(() => String, { description: 'The number of the invoice it pays.' })
  readonly invoiceNumber!: string;

  @Field(() => MoneyInput, { description: 'How much arrived.' })
  readonly amount!: MoneyInput;

  @Field(() => PlainDateScalar, { description: "The day of the bank's statement." })
  readonly receivedOn!: PlainDate;

  @Field(() => String, { description: 'What the sender wrote on it: 1 to 140 characters.' })
  readonly reference!: string;
}
