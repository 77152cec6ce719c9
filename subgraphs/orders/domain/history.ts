import type { Id, InvoiceId } from '#kernel/ids';
import type { Period, PlainDate } from '#kernel/time';
import type { ChargeModel, ProductKind } from './catalog';
import type { Amendment } from './plan';
import type { ActionKind } from './request';

/** An action that was ordered for a subscription, and how far it is. */
export interface PastAction {
  readonly kind: ActionKind;
  readonly orderedOn: PlainDate;
  readonly termStartsOn: PlainDate;
  readonly termEndsOn: PlainDate;
  readonly termMonths: number;
  readonly amendment: Amendment | null;
  /** True once the subscription's house has written it. */
  readonly isWritten: boolean;
}

/** A line that a subscription was charged or credited with. */
export interface SoldLine {
  readonly id: Id<'invoiceLine'>;
  readonly chargeId: Id<'charge'>;
  readonly invoiceId: InvoiceId;
  readonly sku: string;
  readonly description: string;
  readonly kind: ProductKind;
  readonly model: ChargeModel;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint;
  readonly periodStartsOn: PlainDate;
  readonly periodEndsOn: PlainDate;
  /** False for a year of a ramp whose invoice is still to come. */
  readonly isInvoiced?: boolean;
}

/** What our own orders tell of a subscription beyond its copy. */
export interface History {
  /** Something is ordered that its house has not written yet. */
  readonly isChanging: boolean;
  /** Of that, something that is no addition. */
  readonly isAmending: boolean;
  /** It was cancelled with its money back. */
  readonly isEnded: boolean;
  /** The term that was renewed ahead and has not begun: its copy still shows the running one. */
  readonly renewedTerm: (Period & { readonly months: number }) | null;
  /** The days on which terms were bought, by the first day of the term. */
  readonly boughtOn: ReadonlyMap<PlainDate, PlainDate>;
  readonly lines: readonly SoldLine[];
  /** Years of a ramp that are agreed and not invoiced yet. */
  readonly isRampOpen: boolean;
}

const ADDITIONS: readonly ActionKind[] = ['ADD_SEATS', 'ADD_PRODUCT'];

/** Reads from what was ordered, the oldest first, what a decision must know besides the copy of the subscription. */
export function historyOf(actions: readonly PastAction[], lines: readonly SoldLine[], runningTermEndsOn: PlainDate): History {
  const open = actions.filter(action => !action.isWritten && action.kind !== 'CREATE_SUBSCRIPTION');
  const bought = actions.filter(({ kind, isWritten }) => isWritten && (kind === 'CREATE_SUBSCRIPTION' || kind === 'RENEW'));
  const ahead = bought.find(({ kind, termStartsOn }) => kind === 'RENEW' && termStartsOn >= runningTermEndsOn);
  return {
    isChanging: open.length > 0,
    isAmending: open.some(({ kind }) => !ADDITIONS.includes(kind)),
    isEnded: actions.some(({ kind, amendment, isWritten }) => kind === 'CANCEL' && isWritten && amendment?.ends),
    renewedTerm: ahead ? { startsOn: ahead.termStartsOn, endsOn: ahead.termEndsOn, months: ahead.termMonths } : null,
    boughtOn: new Map(bought.map(({ termStartsOn, orderedOn }) => [termStartsOn, orderedOn])),
    lines: lines.filter(line => line.isInvoiced !== false),
    isRampOpen: lines.some(line => line.isInvoiced === false),
  };
}
