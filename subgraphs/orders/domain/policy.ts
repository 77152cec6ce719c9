/**
 * Policy values of selling: numbers that a deployment may choose. Each is named once, here, and the rules read it.
 */

/** P1: the year that a mid-term addition is counted against, in terms of 366 days too. */
export const YEAR_DAYS = 365;

/** Months in the year that recurring prices are quoted for. */
export const YEAR_MONTHS = 12;

/** The longest term that can be bought: five one-year steps. */
export const TERM_MONTHS_MAX = 60;

/** The most units in one action; larger purchases are quoted by sales. */
export const QUANTITY_MAX = 100_000;

/** The most actions in one order. */
export const ACTIONS_MAX = 300;

/** How far back a purchase or an addition may take effect, in days. */
export const BACKDATED_DAYS_MAX = 30;

/** How far ahead a purchase or an addition may take effect, in days. */
export const AHEAD_DAYS_MAX = 365;

/** R4: a term can be renewed from so many days before its end on. */
export const RENEWAL_DAYS_BEFORE_MAX = 15;

/** R4: buyers renew a term themselves until so many days after its end; the sales team can for longer. */
export const RENEWAL_DAYS_AFTER_MAX = 30;

/** R4: so many days after its end a term can still be renewed; later it is new business. */
export const LATE_RENEWAL_DAYS_MAX = 180;

/** P8: a term is refunded when it is cancelled within so many days of its purchase. */
export const REFUND_DAYS_MAX = 45;

/** A reason for a cancellation longer than this says nothing more. */
export const REASON_LENGTH_MAX = 500;

/** P4: buyers change a subscription themselves only when its term is one year or shorter. */
export const SELF_SERVICE_TERM_MONTHS_MAX = 12;

/** The web shop sells in the name of this entity, wherever the buyer is. */
export const WEB_SELLING_ENTITY = 'US_INC';

/** A purchase-order number longer than this fits on no invoice. */
export const PO_NUMBER_LENGTH_MAX = 64;

/** Waits before a failed step is tried again: 2 s, 8 s, 32 s, 2 min, 8 min. After the last one, a person decides. */
export const RETRY_DELAYS_MS: readonly number[] = [2_000, 8_000, 32_000, 120_000, 480_000];

/** A step that was asked for and not answered is asked for again after this long; the wait doubles each time. */
export const ANSWER_WAIT_MS = 60_000;

/** The longest wait between two reminders of a silent step: 16 minutes. A neighbour may be down for hours. */
export const ANSWER_WAIT_MS_MAX = 960_000;

/** A quote is valid for so many days when nobody says otherwise. */
export const QUOTE_VALID_DAYS = 30;

/** The longest that a quote can be valid. Its additions are priced for a day that may lie back no further when it is bought. */
export const QUOTE_VALID_DAYS_MAX = 90;

/** The longest payment terms that can be quoted. */
export const PAYMENT_TERMS_DAYS_MAX = 120;

/** An instalment that billing has not answered is asked for again after a day. */
export const INSTALMENT_WAIT_MS = 86_400_000;
