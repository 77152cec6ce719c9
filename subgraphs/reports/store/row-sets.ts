import { dayOf } from '#kernel/time';
import { lastDayOf, monthOf } from '../domain/calendar';
import type { SettledQuestion } from '../domain/report-question';
import { bookingRows } from './bookings';
import { receivableRows } from './receivables';
import { arrMovementRows, arrRows, mrrRows, retentionRows } from './recurring-rows';
import { renewalRows } from './renewals';
import type { RowSet } from './row-set';
import { activationRows, lagRows, seatRows, trialRows } from './use-rows';

/** The rows that a report's numbers are counted from. */
export function rowSetOf({ report, days, asOf }: SettledQuestion): RowSet {
  const [month, last] = [days.startsOn, lastDayOf(days)];
  switch (report) {
    case 'ARR':
      return arrRows({ month, asOf });
    case 'MRR_ROLLFORWARD':
      return mrrRows(month, monthOf(last), asOf);
    case 'ARR_MOVEMENTS':
      return arrMovementRows({ month, asOf });
    case 'RETENTION':
      return retentionRows({ month, asOf });
    case 'BOOKINGS':
      return bookingRows(days);
    case 'AVAILABLE_TO_RENEW':
      return renewalRows({ period: days, asOf, today: dayOf(asOf) });
    case 'AR_AGING':
      return receivableRows(month);
    case 'SEAT_UTILISATION':
      return seatRows(month);
    case 'LICENSE_ACTIVATIONS':
      return activationRows(days);
    case 'TRIAL_CONVERSION':
      return trialRows(days);
    case 'ORDER_TO_CASH':
      return lagRows(days);
  }
}
