import type { MoneyText } from '#kernel/money';

/** What a deal is for the one who counts bookings, in the order in which sales numbers them from 1. */
export const ORDER_TYPES = [
  'NEW_FIRST_ORDER',
  'NEW_CONNECTED',
  'GROWTH',
  'CONTRACTION',
  'PARTIAL_CHURN',
  'FINAL_CHURN',
  'SERVICES_AND_OTHER',
] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** The nine booking metrics of a deal, each defined in docs/words.md, and where its change of ARR comes from. */
export interface BookingMetrics {
  readonly orderType: OrderType;
  readonly amount: MoneyText;
  readonly arr: MoneyText;
  readonly arrBasis: MoneyText;
  readonly netArr: MoneyText;
  readonly bookedArr: MoneyText;
  readonly trueUp: MoneyText;
  readonly services: MoneyText;
  readonly other: MoneyText;
  readonly arrFromSeats: MoneyText;
  readonly arrFromPrice: MoneyText;
  readonly arrFromTier: MoneyText;
}
