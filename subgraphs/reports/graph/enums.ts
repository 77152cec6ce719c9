import { enumOf } from '#kernel/graph/enum';
import { AGING_BUCKETS } from '../domain/aging';
import { ARR_DIMENSIONS, BOOKING_DIMENSIONS, ORDER_DIMENSIONS, SEAT_DIMENSIONS } from '../domain/dimensions';
import { MOVEMENTS } from '../domain/movements';
import { RENEWAL_RESULTS } from '../domain/renewal-result';

export const ArrDimensionEnum = enumOf('ArrDimension', ARR_DIMENSIONS, {
  TIER: 'The tier of the plan that it was sold with.',
  DEPLOYMENT: 'Where the product runs.',
  PRODUCT: 'The product, by its SKU.',
  SEGMENT: 'The segment of the account.',
  CHANNEL: 'The channel of the order that brought it.',
  CURRENCY: 'The currency in which it is paid.',
});

export const BookingDimensionEnum = enumOf('BookingDimension', BOOKING_DIMENSIONS, {
  ORDER_TYPE: 'What kind of business it was: new, growth, contraction, churn, services.',
  CHANNEL: 'The channel of the order.',
  DEAL_TYPE: 'How it was sold.',
  SEGMENT: 'The segment of the account.',
  PARTNER: 'The partner that sold it on; NONE where we sold it ourselves.',
});

export const SeatDimensionEnum = enumOf('SeatDimension', SEAT_DIMENSIONS, { SEGMENT: 'The segment of the account.' });
export const OrderDimensionEnum = enumOf('OrderDimension', ORDER_DIMENSIONS, { CHANNEL: 'The channel of the order.' });

export const AgingBucketEnum = enumOf('AgingBucket', AGING_BUCKETS, {
  CURRENT: 'Not due yet, or due on the day.',
  DAYS_1_30: 'Due for 1 to 30 days.',
  DAYS_31_60: 'Due for 31 to 60 days.',
  DAYS_61_90: 'Due for 61 to 90 days.',
  DAYS_91_120: 'Due for 91 to 120 days.',
  OVER_120: 'Due for more than 120 days.',
});

export const RenewalResultEnum = enumOf('RenewalResult', RENEWAL_RESULTS, {
  PENDING: 'The term runs.',
  RENEWED: 'All of it, or more, went on.',
  REDUCED: 'A part of it went on.',
  CHURNED: 'Nothing went on.',
});

export const MovementEnum = enumOf('RevenueMovement', MOVEMENTS, {
  NEW: 'The company had none the month before.',
  EXPANSION: 'It has more.',
  CONTRACTION: 'It has less.',
  CHURN: 'It has none any more.',
  NONE: 'It has as much as before.',
});
