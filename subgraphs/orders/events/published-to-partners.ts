import type { OrderId, PartnerOrderId } from '#kernel/ids';
import type { MoneyText } from '#kernel/money';
import type { PlainDate } from '#kernel/time';

/** For partners: what they had accepted could not be ordered. Nothing was saved. */
export interface PartnerOrderDeclined {
  readonly partnerOrderId: PartnerOrderId;
  readonly orderId: OrderId;
  readonly code: string;
  readonly message: string;
}

/** What can be bought from a day on, at list price: for one unit and year (recurring) or for one unit (one-time). */
export interface PricesListed {
  readonly validFrom: PlainDate;
  readonly products: readonly {
    readonly sku: string;
    readonly name: string;
    readonly kind: 'BASE' | 'ADD_ON' | 'COMPUTE' | 'STORAGE';
    readonly model: 'RECURRING' | 'ONE_TIME';
    readonly prices: readonly MoneyText[];
    /** What it is a plan of, and where that runs; null for what stands beside every plan. */
    readonly tier?: string | null;
    readonly deployment?: string | null;
    /** What its own buyer pays on the web. */
    readonly webPrices?: readonly MoneyText[];
  }[];
}

/** Names, in the form in which they are compared, and countries that may not be sold to. */
export interface PartiesRestricted {
  readonly entries: readonly { readonly kind: 'PARTY' | 'COUNTRY'; readonly value: string }[];
}
