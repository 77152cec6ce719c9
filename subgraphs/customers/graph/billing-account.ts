import { Directive, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '#kernel/graph/node';
import { CurrencyCode, DateTime } from '#kernel/graph/scalars';
import type { AccountId } from '#kernel/ids';
import type { Currency } from '#kernel/money';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant } from '#kernel/time';
import type { AccountChannel, Segment, SellingEntity } from '../domain/account';
import type { AccountState } from '../store/accounts';
import type { AccountRow } from '../store/tables';
import { AccountChannelEnum, SegmentEnum, SellingEntityEnum } from './enums';

/** An account as its fields read it: what a write has just decided stands beside the row, and may not be stored at all. */
export type AccountSource = AccountRow & { readonly decided?: AccountState };

export const accountSource = (state: AccountState): AccountSource => ({ ...state.account, decided: state });

@Publishes<AccountRow>()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "number")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'Who pays. Not a person and not a login: people are its members and contacts.',
})
export class BillingAccount {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: AccountId;

  @always(() => String, { description: 'The number that people write: `A00012345`.' })
  readonly number!: string;

  @always(() => String, { description: 'Its name, as it stands on invoices.' })
  readonly name!: string;

  @always(() => CurrencyCode, { description: 'The currency it pays in. It never changes.' })
  readonly currency!: Currency;

  @always(() => AccountChannelEnum, { description: 'How it came to be.' })
  readonly channel!: AccountChannel;

  @always(() => SellingEntityEnum, {
    description: 'Which of our companies sells to it: by the country of Bill-To, or the US company in the web shop.',
  })
  readonly sellingEntity!: SellingEntity;

  @always(() => SegmentEnum, { description: 'What kind of customer it is.' })
  readonly segment!: Segment;

  @always(() => Int, { description: 'Days from invoice to due date.' })
  readonly paymentTermsDays!: number;

  @always(() => Boolean, { description: 'Whether renewals are charged to a card by themselves.' })
  readonly isAutoPay!: boolean;

  @always(() => Boolean, { description: 'Whether no tax is charged.' })
  readonly isTaxExempt!: boolean;

  @sometimes(() => String, { description: 'The VAT id, checked for its form.' })
  readonly vatId!: string | null;

  @always(() => Int, { description: 'Grows with each change; send it as `ifVersion`.' })
  readonly version!: number;

  @always(() => DateTime, { description: 'When it was opened.' })
  readonly createdAt!: Instant;
}
