import { ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { DateTime } from '#kernel/graph/scalars';
import { always, Publishes } from '#kernel/published';
import { WALLET_MOVEMENT_KINDS, type WalletMovementKind } from '../domain/wallet';
import type { WalletMovementRow } from '../store/tables';

export const WalletMovementKindEnum = enumOf('WalletMovementKind', WALLET_MOVEMENT_KINDS, 'What moved a wallet.', {
  CREDIT_MEMO: 'A credit memo filled it.',
  INVOICE: 'An invoice was paid with it.',
  REFUND: 'Money went back to the card that paid.',
});

@ObjectType({
  simpleResolvers: true,
  description: 'The credit of an account in one currency: what its invoices did not take. Never negative.',
})
export class Wallet {}

@Publishes<WalletMovementRow>()
@ObjectType({ simpleResolvers: true, description: 'What went in or out of a wallet, with its working.' })
export class WalletMovement {
  @always(() => WalletMovementKindEnum, { description: 'What moved it.' })
  kind!: WalletMovementKind;

  @always(() => String, { description: 'How the balance came about.' })
  working!: string;

  @always(() => DateTime, { description: 'When it was moved.' })
  movedAt!: Date;
}

export const WalletMovementConnection = connectionType(WalletMovement, 'WalletMovement');
