import type { AccountId, NamespaceId, NewId } from '#kernel/ids';
import type { Currency } from '#kernel/money';
import type { Period, PlainDate } from '#kernel/time';
import type { Agreement } from './agreement';
import type { CatalogItem, Channel, DealType } from './catalog';

/** The account that buys, as its own house last announced it. */
export interface BuyingAccount {
  readonly accountId: AccountId;
  readonly number: string;
  readonly currency: Currency;
  readonly sellingEntity: string;
  readonly paymentTermsDays: number;
  readonly isTaxExempt: boolean;
  readonly vatId: string | null;
  readonly billToCountry: string;
  readonly holds: readonly string[];
}

/** A namespace that a purchase is for, and the terms of the subscriptions that serve it. */
export interface NamespaceInUse {
  readonly id: NamespaceId;
  readonly accountId: AccountId;
  readonly served: readonly Period[];
}

/** Everything that a decision on a purchase rests on: loaded once, then nothing else is asked. */
export interface Situation {
  readonly today: PlainDate;
  readonly channel: Channel;
  /** What a new subscription is sold as; directly where nothing is said. */
  readonly dealType?: DealType;
  /** What a quote takes off every price, in hundredths of a percent; nothing in the shop. */
  readonly discountBasisPoints: number;
  readonly newId: NewId;
  readonly account: BuyingAccount;
  /** The accounts that subscriptions are handed to, as far as the caller may know of them. */
  readonly receivers: ReadonlyMap<string, BuyingAccount>;
  readonly catalog: ReadonlyMap<string, CatalogItem>;
  readonly agreements: ReadonlyMap<string, Agreement>;
  readonly namespaces: ReadonlyMap<string, NamespaceInUse>;
  /** How many subscriptions the account has beside those of the order. */
  readonly otherSubscriptions: number;
}
