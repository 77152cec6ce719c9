import { accept, refuse } from '#kernel/result';
import { addDays, type PlainDate } from '#kernel/time';
import { type Standed, statusOn } from './subscription';

/** R5: an extension may be asked from so many days before a term's end on. */
export const EXTENSION_DAYS_BEFORE_MAX = 15;

/** R5: and until so many days after it. */
export const EXTENSION_DAYS_AFTER_MAX = 13;

/** R5: it lasts until so many days after the term's end. */
export const EXTENSION_DAYS = 21;

const REASON_LENGTH_MAX = 500;

/** What stands for or against an extension. */
export interface Extending {
  readonly isRenewed: boolean;
  readonly isExtended: boolean;
  readonly reason: string;
}

/**
 * R5: decides whether a term's end is put off, so that its renewal can be arranged: asked from 15 days before the end to 13 days
 * after, until 21 days after it, once for each renewal. Refused for what is cancelled, renewed or extended already.
 */
export function decideExtension(agreement: Standed, { isRenewed, isExtended, reason }: Extending, today: PlainDate) {
  const at = { path: ['subscriptionName'] };
  const { endsOn } = agreement.term;
  const why = reason.trim();
  if (why === '' || why.length > REASON_LENGTH_MAX) {
    return refuse('REASON_INVALID', `Please say why, in 1 to ${REASON_LENGTH_MAX} characters.`, { path: ['reason'] });
  }
  const status = statusOn(agreement, today);
  if (status === 'CANCELLED' || status === 'DRAFT')
    return refuse('SUBSCRIPTION_ENDED', 'A subscription that is cancelled is not extended.', at);
  if (isRenewed) return refuse('EXTENSION_NOT_NEEDED', 'The next term is agreed already.', at);
  if (isExtended) return refuse('EXTENSION_GRANTED', 'The end of this term was put off before: it can be once for each renewal.', at);
  const first = addDays(endsOn, -EXTENSION_DAYS_BEFORE_MAX);
  if (today < first) return refuse('EXTENSION_TOO_EARLY', `The end of this term can be put off from ${first} on.`, at);
  const last = addDays(endsOn, EXTENSION_DAYS_AFTER_MAX);
  if (today > last) return refuse('EXTENSION_TOO_LATE', `The end of this term could be put off until ${last}: please renew it.`, at);
  return accept({ endsOn: addDays(endsOn, EXTENSION_DAYS), reason: why });
}
