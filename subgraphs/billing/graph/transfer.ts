import { Field, InputType, ObjectType } from 'type-graphql';
import { MoneyInput } from '#kernel/graph/money';
import { MutationInput } from '#kernel/graph/mutation-input';
import { Wrapper } from '#kernel/graph/plain-resolver';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import { Invoice } from './invoice';
import { Payload } from './payloads';
import { Payment } from './payment';

@InputType({ description: 'A part of a bank transfer.' })
export class TransferAllocationInput {
  @Field(() => String, { description: 'The number of the invoice that it pays.' })
  readonly invoiceNumber!: string;

  @Field(() => MoneyInput, { description: 'How much of the transfer.' })
  readonly amount!: MoneyInput;
}

@InputType({ description: 'A bank transfer that has arrived, and pays several invoices.' })
export class RecordTransferInput extends MutationInput {
  @Field(() => MoneyInput, { description: 'How much arrived.' })
  readonly amount!: MoneyInput;

  @Field(() => PlainDateScalar, { description: "The day of the bank's statement." })
  readonly receivedOn!: PlainDate;

  @Field(() => String, { description: 'What the sender wrote on it: 1 to 140 characters.' })
  readonly reference!: string;

  @Field(() => [TransferAllocationInput], { description: 'What it pays: 1 to 100 invoices, each once, and all that arrived.' })
  readonly allocations!: TransferAllocationInput[];
}

@Wrapper()
@ObjectType({ simpleResolvers: true, description: 'What came of recording a transfer.' })
export class RecordTransferPayload extends Payload {
  @Field(() => [Payment], { nullable: true, description: 'One payment for each invoice, in the order of their numbers.' })
  readonly payments!: readonly Payment[] | null;

  @Field(() => [Invoice], { nullable: true, description: 'The invoices with their new balances, in the same order.' })
  readonly invoices!: readonly Invoice[] | null;
}
