import { Field, Int, ObjectType } from 'type-graphql';
import { PlainDateScalar } from '#kernel/graph/scalars';
import { userErrorType } from '#kernel/graph/user-error';
import type { PlainDate } from '#kernel/time';
import { Instance } from './cloud-activation';
import { Entitlements } from './entitlements';
import { License, LicenseDelivery } from './license';

export const { Payload } = userErrorType({
  ACTIVATION_CODE_UNKNOWN: 'No subscription has this activation code.',
  BUSY: 'Too many instances report at this moment. Come back after `comeBackAfterSeconds`.',
  CLOCK_SKEW: 'The clock of the instance is wrong by more than a day.',
  EXPIRY_OUT_OF_RANGE: 'A licence issued by hand ends after today and within 12 months.',
  INSTANCE_DEACTIVATED: 'The instance was deactivated; activate it again.',
  INSTANCE_NOT_FOUND: 'There is no such instance, or you may not know of it.',
  LICENSE_DOES_NOT_SYNC: 'Only instances with an online licence report their seats.',
  LICENSE_NOT_FOUND: 'The instance has no such licence.',
  LICENSE_REVOKED: 'The licence was taken back before.',
  LICENSE_SUPERSEDED: 'A newer licence has taken the place of this one.',
  MINUTES_OUT_OF_RANGE: 'A count of minutes is below zero or above what is possible.',
  NAMESPACE_NOT_FOUND: 'There is no such namespace.',
  REASON_INVALID: 'The act needs a reason.',
  REPORT_IN_FUTURE: 'The day that was counted has not come yet.',
  REPORT_TOO_OLD: 'The day that was counted is too long ago.',
  SEATS_OUT_OF_RANGE: 'A number of seats is below one or above what is possible.',
  SUBSCRIPTION_CANCELLED: 'The subscription was cancelled.',
  SUBSCRIPTION_EXPIRED: 'The subscription has ended; renew it first.',
  SUBSCRIPTION_NOT_FOUND: 'There is no such subscription, or you may not know of it.',
  SUBSCRIPTION_NOT_STARTED: 'The subscription has not begun.',
  SUBSCRIPTION_SUSPENDED: 'The subscription is suspended.',
  TICKET_INVALID: 'The act needs a ticket.',
  TOO_MANY_INSTANCES: 'The code has activated as many instances as it may.',
  USERS_OUT_OF_RANGE: 'A count of users is below zero or above what is possible.',
  WRONG_PRODUCT: 'The subscription is not for a self-managed instance.',
});

@ObjectType({ simpleResolvers: true, description: "A subscription of the instance's owner that has not begun." })
export class FutureSubscription {
  @Field(() => String, { description: 'The plan it will grant.' })
  readonly plan!: string;

  @Field(() => PlainDateScalar, { description: 'The day on which it begins.' })
  readonly startsOn!: PlainDate;
}

@ObjectType({ simpleResolvers: true, description: 'What came of activating an instance.' })
export class ActivateInstancePayload extends Payload {
  @Field(() => License, { nullable: true, description: 'The licence to install.' })
  readonly license!: License | null;

  @Field(() => Instance, { nullable: true, description: 'The instance, as it is known from now on.' })
  readonly instance!: Instance | null;

  @Field(() => [FutureSubscription], { nullable: true, description: 'What the owner has bought for later, the nearest first; at most 20.' })
  readonly futureSubscriptions!: readonly FutureSubscription[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of reporting seats.' })
export class ReportSeatUsagePayload extends Payload {
  @Field(() => License, { nullable: true, description: 'A newer licence to install; null when the instance has the newest.' })
  readonly license!: License | null;

  @Field(() => PlainDateScalar, { nullable: true, description: 'The day on which users above the seats bought are charged next.' })
  readonly nextReconciliationOn!: PlainDate | null;

  @Field(() => [FutureSubscription], { nullable: true, description: 'What the owner has bought for later, the nearest first; at most 20.' })
  readonly futureSubscriptions!: readonly FutureSubscription[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'When too many report at once: after so many seconds there is room. Null when the report was taken.',
  })
  readonly comeBackAfterSeconds!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of deactivating an instance.' })
export class DeactivateInstancePayload extends Payload {
  @Field(() => Instance, { nullable: true, description: 'The instance as it is now.' })
  readonly instance!: Instance | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of issuing a licence by hand.' })
export class IssueLicensePayload extends Payload {
  @Field(() => License, { nullable: true, description: 'The licence; a mail brings it to the Sold-To contact.' })
  readonly license!: License | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of taking a licence back.' })
export class RevokeLicensePayload extends Payload {
  @Field(() => License, { nullable: true, description: 'The licence that was taken back.' })
  readonly license!: License | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of sending a licence once more.' })
export class ResendLicensePayload extends Payload {
  @Field(() => LicenseDelivery, { nullable: true, description: 'The mail that is on its way.' })
  readonly delivery!: LicenseDelivery | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of reporting compute minutes.' })
export class ReportComputeUsagePayload extends Payload {
  @Field(() => Entitlements, { nullable: true, description: 'What the namespace has now.' })
  readonly entitlements!: Entitlements | null;
}
