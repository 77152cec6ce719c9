import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { lifecycleOf } from '#kernel/graph/lifecycle';
import { Node } from '#kernel/graph/node';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { LicenseId } from '#kernel/ids';
import { always, Publishes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import { DELIVERY_CHANNELS, DELIVERY_STATUSES, type DeliveryChannel, type DeliveryStatus } from '../domain/delivery';
import { LICENSE_KINDS, LICENSE_ORIGINS, LICENSE_STATUSES, type LicenseKind, type LicenseOrigin } from '../domain/license';
import type { LicenseRow } from '../store/tables';

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
});

export const LicenseOriginEnum = enumOf('LicenseOrigin', LICENSE_ORIGINS, 'What made a licence.', {
  ACTIVATION: 'An instance was activated.',
  SEAT_SYNC: 'The subscription had changed when an instance reported its seats.',
  CANCELLATION: 'The subscription was cancelled.',
});

export const DeliveryChannelEnum = enumOf('DeliveryChannel', DELIVERY_CHANNELS, 'How a licence travels to its owner.', {
  EMAIL: 'By mail to the Sold-To contact.',
});

export const DeliveryStatusEnum = enumOf('DeliveryStatus', DELIVERY_STATUSES, 'How far a delivery is.', {
  REQUESTED: 'It is about to be sent.',
  SENT: 'The mail server has taken it.',
});

@Publishes<LicenseRow>()
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A signed licence. It never changes: what follows it is another licence.',
})
export class License {
  @always(() => ID, { description: 'The id of the licence; it is also inside the signed text.' })
  readonly id!: LicenseId;

  @always(() => LicenseKindEnum, { description: 'How it reaches an instance.' })
  readonly kind!: LicenseKind;

  @always(() => LicenseOriginEnum, { description: 'What made it.' })
  readonly generatedFrom!: LicenseOrigin;

  @always(() => String, { description: 'The plan it grants: PREMIUM or ULTIMATE.' })
  readonly plan!: string;

  @always(() => Int, { description: 'The seats it grants.' })
  readonly seats!: number;

  @always(() => PlainDateScalar, { description: 'The first day on which it holds.' })
  readonly startsOn!: PlainDate;

  @always(() => PlainDateScalar, { description: 'The day on which it has expired: the day after its last.' })
  readonly expiresOn!: PlainDate;

  @always(() => DateTime, { description: 'When it was signed.' })
  readonly issuedAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A mail that brought what was bought to its owner.' })
export class LicenseDelivery {
  @Field(() => DeliveryChannelEnum, { description: 'How it travelled.' })
  readonly channel!: DeliveryChannel;

  @Field(() => String, { nullable: true, description: 'The address it was sent to, once it was sent.' })
  readonly recipient!: string | null;

  @Field(() => DeliveryStatusEnum, { description: 'How far it is.' })
  readonly status!: DeliveryStatus;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  readonly requestedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the mail server took it.' })
  readonly sentAt!: Date | null;
}
