import { enumOf } from '#kernel/graph/enum';
import { lifecycleOf } from '#kernel/graph/lifecycle';
import { DELIVERY_CHANNELS, DELIVERY_PURPOSES, DELIVERY_STATUSES } from '../domain/delivery';
import { DEACTIVATION_CAUSES } from '../domain/instance';
import { LICENSE_KINDS, LICENSE_ORIGINS, LICENSE_STATUSES } from '../domain/license';
import { SEAT_ALERT_LEVELS } from '../domain/seats';

export const LicenseKindEnum = enumOf('LicenseKind', LICENSE_KINDS, 'How a licence reaches an instance.', {
  ONLINE_CLOUD: 'The instance activates with a code and is kept up to date by its daily sync.',
  OFFLINE_CLOUD: 'A file for an instance in a closed network.',
  LEGACY_FILE: 'A file in the old format.',
});

export const LifecycleStatusEnum = lifecycleOf(LICENSE_STATUSES, {
  FUTURE: 'Its term has not begun.',
  CURRENT: 'It is in force.',
  EXPIRING: 'It is in force and ends within 15 days.',
  GRACE: 'It has expired, and the instance still works for 14 days.',
  EXPIRED: 'Its term is over.',
  REVOKED: 'It was taken back before its time.',
});

export const LicenseOriginEnum = enumOf('LicenseOrigin', LICENSE_ORIGINS, 'What made a licence.', {
  ACTIVATION: 'An instance was activated.',
  SEAT_SYNC: 'The subscription had changed when an instance reported its seats.',
  ORDER: 'It was bought as a file, or what it stands on has changed.',
  CANCELLATION: 'The subscription was cancelled.',
  MANUAL: 'Support issued it by hand.',
  REVOCATION: 'Support took back the one before it.',
});

export const DeliveryChannelEnum = enumOf('DeliveryChannel', DELIVERY_CHANNELS, 'How a licence travels to its owner.', {
  EMAIL: 'By mail to the Sold-To contact.',
});

export const DeliveryStatusEnum = enumOf('DeliveryStatus', DELIVERY_STATUSES, 'How far a delivery is.', {
  REQUESTED: 'It is about to be sent.',
  SENT: 'The mail server has taken it.',
  FAILED: 'The mail server did not take it, and it was given up.',
});

export const DeliveryPurposeEnum = enumOf('DeliveryPurpose', DELIVERY_PURPOSES, 'What a mail is for. The values may grow.', {
  ORDER: 'It brings what an order bought.',
  LICENSE_FILE: 'It brings the licence file after a change.',
  RESEND: 'Support sent the licence once more.',
  MANUAL: 'Support issued a licence.',
  CANCELLATION: 'The subscription was cancelled.',
  REVOCATION: 'Support took a licence back.',
  SEAT_ALERT: 'Seats run out.',
});

export const DeactivationCauseEnum = enumOf('DeactivationCause', DEACTIVATION_CAUSES, 'Who took an instance off its code.', {
  OWNER: 'Its owner.',
  SUPPORT: 'Support.',
  ITSELF: 'The instance itself.',
  MOVED: 'It moved to another code, or another instance took over from it.',
});

export const SeatAlertLevelEnum = enumOf('SeatAlertLevel', SEAT_ALERT_LEVELS, 'How urgent an alert about seats is.', {
  FEW_LEFT: 'Few seats are left.',
  NONE_LEFT: 'All seats are taken.',
});
