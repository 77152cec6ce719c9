import { moneyOf } from '#kernel/money';
import type { BookingMetrics } from '../domain/order-type';

/** Metrics as they are kept, as the graph answers them. */
export const metricsOf = ({ orderType, ...amounts }: BookingMetrics) => ({
  orderType,
  ...Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, moneyOf(amount)])),
});
