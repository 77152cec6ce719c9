import { Field, Int, ObjectType } from 'type-graphql';
import { enumOf } from '#kernel/graph/enum';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import type { ComputeStanding, PackLeft } from '../domain/compute';
import { ACCESS_REASONS, type AccessReason, type Entitled, type GrantedCharge } from '../domain/entitlement';

const AccessReasonEnum = enumOf('AccessReason', ACCESS_REASONS, 'Why a target has access, or has none. The values may grow.', {
  IN_FORCE: 'A subscription is in force.',
  IN_GRACE: 'The subscription ended less than 14 days ago.',
  TRIAL: 'A trial gives it more than what was bought.',
  NOT_STARTED: 'The subscription has not begun.',
  EXPIRED: 'The subscription has ended.',
  CANCELLED: 'The subscription was cancelled.',
  SUSPENDED: 'The subscription is suspended.',
  NEVER_BOUGHT: 'Nothing was bought for it: it has the free plan.',
});

@ObjectType({ simpleResolvers: true, description: 'Seats of an add-on.' })
export class AddOnEntitlement {
  @Field(() => String, { description: 'The add-on, as the catalog names it.' })
  readonly sku!: string;

  @Field(() => Int, { description: 'How many users may be given it.' })
  readonly seats!: number;
}

@ObjectType({ simpleResolvers: true, description: 'One line that is in force.' })
export class EntitlementGrant implements GrantedCharge {
  @Field(() => String, { description: 'The product, as the catalog names it.' })
  readonly sku!: string;

  @Field(() => String, { description: 'What it gives: BASE, ADD_ON, COMPUTE or STORAGE.' })
  readonly kind!: string;

  @Field(() => Int, { description: 'How many.' })
  readonly quantity!: number;

  @Field(() => PlainDateScalar, { description: 'The first day.' })
  readonly startsOn!: PlainDate;

  @Field(() => PlainDateScalar, { description: 'The day after the last day.' })
  readonly endsOn!: PlainDate;
}

@ObjectType({ simpleResolvers: true, description: 'A pack of compute minutes, as far as it is used up.' })
export class ComputePack implements PackLeft {
  @Field(() => Int, { description: 'Minutes bought.' })
  readonly minutes!: number;

  @Field(() => Int, { description: 'Minutes left.' })
  readonly minutesLeft!: number;

  @Field(() => PlainDateScalar, { description: 'The day on which what is left of it is gone.' })
  readonly endsOn!: PlainDate;
}

@ObjectType({ simpleResolvers: true, description: 'Compute minutes: first those of the month are used, and then packs.' })
export class ComputeEntitlement implements ComputeStanding {
  @Field(() => Int, { description: 'Minutes that the plan includes in the month.' })
  readonly monthlyQuota!: number;

  @Field(() => Int, { description: 'Minutes used in the month so far.' })
  readonly usedThisMonth!: number;

  @Field(() => Int, { description: 'Included minutes that are left in the month.' })
  readonly quotaLeft!: number;

  @Field(() => [ComputePack], { description: 'The packs in force, the one that is used first in front.' })
  readonly packs!: readonly ComputePack[];

  @Field(() => Int, { description: 'Minutes left in all packs in force.' })
  readonly packMinutesLeft!: number;

  @Field(() => Int, { description: 'Minutes of the month that nothing covered.' })
  readonly overrun!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a namespace, a subscription or an instance has on a day, computed from what is in force.',
})
export class Entitlements implements Entitled {
  @Field(() => Boolean, { description: 'Whether it has more than the free plan.' })
  readonly hasAccess!: boolean;

  @Field(() => AccessReasonEnum, { description: 'Why it has, or has not.' })
  readonly reason!: AccessReason;

  @Field(() => String, { description: 'The tier of its plan, or FREE.' })
  readonly plan!: string;

  @Field(() => Int, { description: 'Seats in force.' })
  readonly seats!: number;

  @Field(() => PlainDateScalar, { nullable: true, description: 'The day on which access ends, as agreed so far. Null without access.' })
  readonly endsOn!: PlainDate | null;

  @Field(() => [AddOnEntitlement], { description: 'Add-ons in force.' })
  readonly addOns!: readonly AddOnEntitlement[];

  @Field(() => Int, { description: 'Gigabytes of storage bought.' })
  readonly storageGb!: number;

  @Field(() => [EntitlementGrant], { description: 'Everything in force, one line for each charge.' })
  readonly grants!: readonly EntitlementGrant[];

  @Field(() => ComputeEntitlement, { nullable: true, description: 'Compute minutes. Null for what is not a namespace.' })
  readonly compute!: ComputeEntitlement | null;
}
