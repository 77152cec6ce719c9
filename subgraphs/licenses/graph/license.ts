import { Directive, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '#kernel/graph/node';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { LicenseId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import type { DeliveryChannel, DeliveryPurpose, DeliveryStatus } from '../domain/delivery';
import type { LicenseKind, LicenseOrigin } from '../domain/license';
import type { DeliveryRow, LicenseRow, RevocationRow } from '../store/tables';
import { DeliveryChannelEnum, DeliveryPurposeEnum, DeliveryStatusEnum, LicenseKindEnum, LicenseOriginEnum } from './license-enums';

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

@Publishes<RevocationRow>()
@ObjectType({ simpleResolvers: true, description: 'That a licence was taken back.' })
export class LicenseRevocation {
  @always(() => DateTime, { description: 'When it was taken back.' })
  readonly revokedAt!: Date;

  @always(() => String, { description: 'Why.' })
  readonly reason!: string;
}

@Publishes<DeliveryRow>()
@ObjectType({ simpleResolvers: true, description: 'A mail to the Sold-To contact: what was bought, or what happened to it.' })
export class LicenseDelivery {
  @always(() => DeliveryPurposeEnum, { description: 'What it is for.' })
  readonly purpose!: DeliveryPurpose;

  @always(() => DeliveryChannelEnum, { description: 'How it travelled.' })
  readonly channel!: DeliveryChannel;

  @sometimes(() => String, { description: 'The address it was sent to, once it was sent.' })
  readonly recipient!: string | null;

  @always(() => DeliveryStatusEnum, { description: 'How far it is.' })
  readonly status!: DeliveryStatus;

  @always(() => DateTime, { description: 'When it was asked for.' })
  readonly requestedAt!: Date;

  @sometimes(() => DateTime, { description: 'When the mail server took it.' })
  readonly sentAt!: Date | null;

  @sometimes(() => String, { description: 'Why it was given up, where it was.' })
  readonly failure!: string | null;

  @sometimes(() => String, { description: 'Its subject line, once it was sent.' })
  readonly subject!: string | null;
}
