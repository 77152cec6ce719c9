import type { Id } from '#kernel/ids';
import type { MoneyText } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

export interface PublishedPlan {
  readonly sku: string;
  readonly name: string;
  /** PREMIUM or ULTIMATE for base plans. */
  readonly tier: string;
  /** SAAS or SELF_MANAGED. */
  readonly deployment: string;
}

export interface PublishedCharge {
  readonly chargeId: Id<'charge'>;
  readonly sku: string;
  /** BASE grants seats; ADD_ON, COMPUTE and STORAGE grant something beside them. */
  readonly kind: 'BASE' | 'ADD_ON' | 'COMPUTE' | 'STORAGE';
  readonly model: 'RECURRING' | 'ONE_TIME';
  readonly quantity: number;
  /** For one unit and one year (recurring) or for one unit (one-time). */
  readonly unitPrice: MoneyText;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}
