import { Field, ObjectType } from 'type-graphql';
import { Wrapper } from '#kernel/graph/plain-resolver';
import { CreditMemo } from './credit-memo';
import { Invoice } from './invoice';
import { Payload } from './payloads';
import { Payment } from './payment';
import { Refund } from './refund';
import { Wallet } from './wallet';

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of posting a credit memo.' })
export class PostCreditMemoPayload extends Payload {
  @Field(() => CreditMemo, { nullable: true, description: 'The credit memo.' })
  readonly creditMemo!: CreditMemo | null;

  @Field(() => Invoice, { nullable: true, description: 'The invoice with its new balance.' })
  readonly invoice!: Invoice | null;
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of refunding a payment.' })
export class RefundPaymentPayload extends Payload {
  @Field(() => Refund, { nullable: true, description: 'The refund. The provider is asked in a moment: ask for its status again.' })
  readonly refund!: Refund | null;

  @Field(() => Payment, { nullable: true, description: 'The payment.' })
  readonly payment!: Payment | null;
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of taking back an invoice.' })
export class VoidInvoicePayload extends Payload {
  @Field(() => Invoice, { nullable: true, description: 'The invoice, on which nothing is owed any more.' })
  readonly invoice!: Invoice | null;
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of paying an invoice with credit.' })
export class ApplyCreditPayload extends Payload {
  @Field(() => Invoice, { nullable: true, description: 'The invoice with its new balance.' })
  readonly invoice!: Invoice | null;

  @Field(() => Wallet, { nullable: true, description: 'What is left of the credit.' })
  readonly wallet!: Wallet | null;
}
