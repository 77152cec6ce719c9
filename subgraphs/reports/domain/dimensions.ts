/** By what recurring revenue can be grouped. */
export const ARR_DIMENSIONS = ['TIER', 'DEPLOYMENT', 'PRODUCT', 'SEGMENT', 'CHANNEL', 'CURRENCY'] as const;
export type ArrDimension = (typeof ARR_DIMENSIONS)[number];

/** By what the use of seats can be grouped. */
export const SEAT_DIMENSIONS = ['SEGMENT'] as const;
export type SeatDimension = (typeof SEAT_DIMENSIONS)[number];

/** By what orders can be grouped. */
export const ORDER_DIMENSIONS = ['CHANNEL'] as const;
export type OrderDimension = (typeof ORDER_DIMENSIONS)[number];

/** By what bookings can be grouped. */
export const BOOKING_DIMENSIONS = ['ORDER_TYPE', 'CHANNEL', 'DEAL_TYPE', 'SEGMENT', 'PARTNER'] as const;
export type BookingDimension = (typeof BOOKING_DIMENSIONS)[number];

/** Dimensions of one report. More than these tell the same rows apart. */
export const DIMENSIONS_MAX = 3;
