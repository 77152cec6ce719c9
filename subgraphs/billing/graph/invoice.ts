import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Address, type PostalAddress } from '#kernel/graph/address';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { lifecycleOf } from '#kernel/graph/lifecycle';
import { Node } from '#kernel/graph/node';
import { Computed } from '#kernel/graph/plain-resolver';
import { DateTime, EmailAddress, PlainDateScalar } from '#kernel/graph/scalars';
import type { Id, InvoiceId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { INVOICE_STATUSES, type InvoiceStatus } from '../domain/invoice';
import type { BillTo, InvoiceLineRow, InvoiceRow } from '../store/tables';

const STATUS_WORDS = { POSTED: 'It counts, and never changes.', VOIDED: 'It was taken back; nothing is owed on it.' } as const;

const LifecycleStatusEnum = lifecycleOf(INVOICE_STATUSES, STATUS_WORDS);

export const InvoiceStatusEnum = enumOf('InvoiceStatus', INVOICE_STATUSES, 'A status to filter invoices by.', STATUS_WORDS);

@ObjectType({ simpleResolvers: true, description: 'Who an invoice is addressed to, as it stood when the invoice was posted.' })
export class InvoiceRecipient {
  @Field(() => String, { description: 'The name of the contact.' })
  readonly name!: string;

  @Field(() => EmailAddress, { description: 'Where the invoice is sent.' })
  readonly email!: string;

  @Computed<BillTo>(({ street, city, postalCode, region, country }): PostalAddress => ({ street, city, postalCode, region, country }))
  @Field(() => Address, { description: 'The address on the invoice.' })
  readonly address!: PostalAddress;
}

@Publishes<InvoiceLineRow>()
@ObjectType({ simpleResolvers: true, description: 'One position of an invoice, with its working.' })
export class InvoiceLine {
  @always(() => ID, { description: 'The global id of the line.' })
  id!: Id<'invoiceLine'>;

  @always(() => String, { description: 'What is charged, in words.' })
  description!: string;

  @always(() => String, { description: 'The SKU of the product.' })
  sku!: string;

  @always(() => Int, { description: 'How many. Negative when a credit takes some back.' })
  quantity!: number;

  @sometimes(() => Int, { description: 'The days that are charged, where a price is charged for a part of a year.' })
  days!: number | null;

  @always(() => String, { description: 'How the amount came about: quantity, price, days and rounding.' })
  working!: string;
}

@Publishes<InvoiceRow>()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "number")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A claim on a billing account. Once posted it never changes; what is still owed does.',
})
export class Invoice {
  @always(() => ID, { description: 'The global id of the invoice.' })
  id!: InvoiceId;

  @always(() => String, { description: "Its number: `INV-00012345-0001`. An account's numbers follow each other without a gap." })
  number!: string;

  @always(() => LifecycleStatusEnum, { description: 'Whether it counts.' })
  status!: InvoiceStatus;

  @always(() => PlainDateScalar, { description: 'The day on which it was issued.' })
  issuedOn!: PlainDate;

  @always(() => PlainDateScalar, { description: 'The day until which it is to be paid.' })
  dueOn!: PlainDate;

  @always(() => DateTime, { description: 'When it was posted.' })
  postedAt!: Date;

  @sometimes(() => String, { description: "The buyer's purchase order number." })
  poNumber!: string | null;

  @always(() => String, { description: 'The company that sells.' })
  sellingEntity!: string;
}

export const InvoiceConnection = connectionType(Invoice, 'Invoice');
