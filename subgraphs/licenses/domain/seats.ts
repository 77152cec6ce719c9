import type { PlainDate } from '#kernel/time';

/** As much of a charge as counts for seats. */
export interface SeatCharge {
  readonly kind: string;
  readonly quantity: number;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
}

/** Seats on a day: the sum of the base charges in force on it, never only the first. */
export const seatsOn = (charges: readonly SeatCharge[], day: PlainDate): number =>
  charges
    .filter(charge => charge.kind === 'BASE' && charge.startsOn <= day && day < charge.endsOn)
    .reduce((seats, charge) => seats + charge.quantity, 0);

/** Users above the seats bought, never less than none. */
export const overageOf = (usersMax: number, seats: number): number => Math.max(usersMax - seats, 0);

/**
 * L8: how many free seats are few enough to say so. A count for small subscriptions, a share for larger ones; a part
 * of a seat is not a seat, so shares are rounded down.
 */
export function seatsLeftAlert(seats: number): number {
  if (seats <= 15) return 1;
  if (seats <= 25) return 2;
  return Math.floor((seats * alertPercent(seats)) / 100);
}

/** L8: how urgent an alert is: few seats are left, or all are taken. */
export const SEAT_ALERT_LEVELS = ['FEW_LEFT', 'NONE_LEFT'] as const;
export type SeatAlertLevel = (typeof SEAT_ALERT_LEVELS)[number];

/** L8: the alert that so many users of so many seats call for, or null. */
export function seatAlertOf(users: number, seats: number): SeatAlertLevel | null {
  if (users >= seats) return 'NONE_LEFT';
  return isSeatAlertDue(users, seats) ? 'FEW_LEFT' : null;
}

/** L8: whether the owner is told that seats run out. Also true when none is left, or more are used than were bought. */
export const isSeatAlertDue = (users: number, seats: number): boolean => seats - users <= seatsLeftAlert(seats);

function alertPercent(seats: number): number {
  if (seats < 100) return 10;
  return seats < 1000 ? 8 : 5;
}
