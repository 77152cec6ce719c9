import { ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { ReconciliationId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import {
  RECONCILIATION_REASONS,
  RECONCILIATION_STATUSES,
  type ReconciliationReason,
  type ReconciliationStatus,
} from '../domain/reconciliation';
import type { ReconciliationRow } from '../store/tables';

const StatusEnum = enumOf('ReconciliationStatus', RECONCILIATION_STATUSES, {
  NOTICED: 'There were more users than seats; they are charged on `chargeOn`.',
  CHARGING: 'The order of the seats is being carried out.',
  AWAITING_CARD: 'The card was declined; a new card is charged at once.',
  PROCESSED: 'The seats are bought.',
  FAILED: 'The seats were not bought.',
  SKIPPED: 'Nothing was charged.',
});

const ReasonEnum = enumOf('ReconciliationReason', RECONCILIATION_REASONS, {
  CHARGED: 'The seats were ordered and paid, or invoiced.',
  NO_OVERAGE: 'There were no more users than seats.',
  COVERED: 'Enough seats were bought before the day of the charge.',
  NOT_COUNTED: 'Nobody reported users in that quarter.',
  NOT_IN_FORCE: 'The subscription was not in force.',
  MULTI_YEAR: 'The term is longer than a year.',
  NOT_TWELVE_MONTHS: 'The term is not twelve months long.',
  RESELLER_SALE: 'A reseller sold the subscription.',
  MASTER_AGREEMENT: 'The customer buys under a negotiated contract.',
  SUPPORT_HOLD: 'Support held the billing account.',
  CREDIT_HOLD: 'The billing account had no credit.',
  OTHER_HOLD: 'The billing account was held for another reason.',
  PO_REQUIRED: 'The customer needs a purchase order for each invoice.',
  PORTAL_REQUIRED: 'The customer takes invoices only through its own purchasing portal.',
  PUBLIC_SECTOR: 'The customer is of the public sector.',
  EDUCATION: 'The customer is of education.',
  OPEN_SOURCE: 'The customer is an open source project.',
  STARTUP: 'The customer is in the programme for startups.',
  OFFLINE_LICENSE: 'The licence is offline, so its users are not counted here.',
  LEGACY_LICENSE: 'The licence is a legacy file, so its users are not counted here.',
  CARD_DECLINED: 'The card was declined, and no other one was paid with in time.',
  ORDER_REFUSED: 'The seats could not be ordered.',
});

@Publishes<ReconciliationRow>()
@ObjectType({
  simpleResolvers: true,
  description: 'What came of looking at a quarter of a term: users above the seats are charged for the rest of the term.',
})
export class Reconciliation {
  @always(() => ID, { description: 'The global id of the reconciliation.' })
  readonly id!: ReconciliationId;

  @always(() => Int, { description: 'The quarter of the term: 1, 2 or 3. The fourth is never reconciled.' })
  readonly quarter!: number;

  @always(() => PlainDateScalar, { description: 'The day after the last day of the quarter.' })
  readonly quarterEndsOn!: PlainDate;

  @always(() => StatusEnum, { description: 'How far it is. Each ends in `PROCESSED`, `FAILED` or `SKIPPED`.' })
  readonly status!: ReconciliationStatus;

  @sometimes(() => ReasonEnum, { description: 'Why it ended so, or what it waits for. Null while it takes its course.' })
  readonly reason!: ReconciliationReason | null;

  @sometimes(() => Int, { description: 'The most users of the quarter. Null when nobody reported any.' })
  readonly usersMax!: number | null;

  @always(() => Int, { description: 'The seats when the quarter was over.' })
  readonly seats!: number;

  @always(() => Int, { description: 'The users above the seats.' })
  readonly overageSeats!: number;

  @always(() => PlainDateScalar, { description: 'When it was looked at, and the notice sent where there is one.' })
  readonly countedOn!: PlainDate;

  @sometimes(() => PlainDateScalar, { description: 'When the overage is charged: seven days after the notice. Null without an overage.' })
  readonly chargeOn!: PlainDate | null;

  @sometimes(() => DateTime, { description: 'When it ended. Null while it has not.' })
  readonly endedAt!: Date | null;
}
