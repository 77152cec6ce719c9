import { Field, ID, InputType } from 'type-graphql';
import { MoneyInput } from '#kernel/graph/money';
import { MutationInput } from '#kernel/graph/mutation-input';
import type { CreditUse } from '../domain/credit-memo';
import { CreditUseEnum } from './credit-memo';

@InputType({ description: 'What to credit of one line of an invoice.' })
export class CreditLineInput {
  @Field(() => ID, { description: 'The line of the invoice.' })
  readonly invoiceLineId!: string;

  @Field(() => MoneyInput, { nullable: true, description: 'How much of it, before tax. All that is left when absent.' })
  readonly amount?: MoneyInput | null;
}

@InputType({ description: 'An invoice to credit in part or as a whole.' })
export class PostCreditMemoInput extends MutationInput {
  @Field(() => String, { description: 'The number of the invoice.' })
  readonly invoiceNumber!: string;

  @Field(() => [CreditLineInput], {
    nullable: true,
    description: 'What to credit. All that is left of the invoice when absent. At most 300.',
  })
  readonly lines?: CreditLineInput[] | null;

  @Field(() => CreditUseEnum, { defaultValue: 'INVOICE_FIRST', description: 'Where the credit goes.' })
  readonly use!: CreditUse;

  @Field(() => String, { description: 'Why, as the customer may read it: 1 to 280 characters.' })
  readonly reason!: string;
}

@InputType({ description: 'A payment to give back in part or as a whole.' })
export class RefundPaymentInput extends MutationInput {
  @Field(() => ID, { description: 'The payment. The money goes back to its card.' })
  readonly paymentId!: string;

  @Field(() => MoneyInput, {
    nullable: true,
    description: "How much. As much as the payment and the account's credit allow when absent.",
  })
  readonly amount?: MoneyInput | null;

  @Field(() => String, { description: 'Why, as the customer may read it: 1 to 280 characters.' })
  readonly reason!: string;
}

@InputType({ description: 'An invoice to take back as a whole.' })
export class VoidInvoiceInput extends MutationInput {
  @Field(() => String, { description: 'The number of the invoice. Nothing of it may be paid or credited.' })
  readonly invoiceNumber!: string;

  @Field(() => String, { description: 'Why, as the customer may read it: 1 to 280 characters.' })
  readonly reason!: string;
}

@InputType({ description: "An open invoice to pay with the account's credit." })
export class ApplyCreditInput extends MutationInput {
  @Field(() => String, { description: 'The number of the invoice.' })
  readonly invoiceNumber!: string;

  @Field(() => MoneyInput, { nullable: true, description: 'How much to use. As much as is open and as there is when absent.' })
  readonly amount?: MoneyInput | null;
}
