import { ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import { always, Publishes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { CREDIT_USES, type CreditUse } from '../domain/credit-memo';
import type { CreditMemoLineRow, CreditMemoRow } from '../store/tables';

export const CreditUseEnum = enumOf('CreditUse', CREDIT_USES, 'Where a credit goes.', {
  INVOICE_FIRST: 'To what is still open on its invoice; the rest stays with the account as credit.',
  ACCOUNT_CREDIT: 'All of it stays with the account as credit.',
});

@Publishes<CreditMemoLineRow>()
@ObjectType({ simpleResolvers: true, description: 'What a credit memo takes back of one line of its invoice, with its working.' })
export class CreditMemoLine {
  @always(() => String, { description: 'What had been charged, in words.' })
  description!: string;

  @always(() => String, { description: 'How the amount and its tax came about.' })
  working!: string;
}

@Publishes<CreditMemoRow>()
@ObjectType({
  simpleResolvers: true,
  description: 'A document that takes back a part or all of an invoice. Once posted it never changes.',
})
export class CreditMemo {
  @always(() => String, { description: "Its number: `CM-00012345-0001`. An account's numbers follow each other without a gap." })
  number!: string;

  @always(() => CreditUseEnum, { description: 'Where the credit was sent.' })
  use!: CreditUse;

  @always(() => PlainDateScalar, { description: 'The day on which it was posted.' })
  postedOn!: PlainDate;

  @always(() => DateTime, { description: 'When it was posted.' })
  postedAt!: Date;

  @always(() => String, { description: 'How the total was split between the invoice and the credit of the account.' })
  working!: string;
}

export const CreditMemoConnection = connectionType(CreditMemo, 'CreditMemo');
