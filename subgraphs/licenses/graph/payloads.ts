import { Field, ObjectType } from 'type-graphql';
import { PlainDateScalar } from '#kernel/graph/scalars';
import { userErrorType } from '#kernel/graph/user-error';
import type { PlainDate } from '#kernel/time';
import { License } from './license';

export const { Payload } = userErrorType({
  ACTIVATION_CODE_UNKNOWN: 'No subscription has this activation code.',
  LICENSE_DOES_NOT_SYNC: 'Only instances with an online licence report their seats.',
  LICENSE_NOT_FOUND: 'The instance has no such licence.',
  REPORT_IN_FUTURE: 'The day that was counted has not come yet.',
  REPORT_TOO_OLD: 'The day that was counted is too long ago.',
  SUBSCRIPTION_CANCELLED: 'The subscription was cancelled.',
  SUBSCRIPTION_EXPIRED: 'The subscription has ended; renew it first.',
  SUBSCRIPTION_NOT_STARTED: 'The subscription has not begun.',
  SUBSCRIPTION_SUSPENDED: 'The subscription is suspended.',
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
}
