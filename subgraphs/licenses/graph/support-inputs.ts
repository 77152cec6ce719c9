import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '#kernel/graph/mutation-input';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import type { DeactivateInstance } from '../actions/deactivateInstance';
import type { IssueLicense } from '../actions/issueLicense';
import type { ReportComputeUsage } from '../actions/reportComputeUsage';
import type { ResendLicense } from '../actions/resendLicense';
import type { RevokeLicense } from '../actions/revokeLicense';
import type { LicenseKind } from '../domain/license';
import { LicenseKindEnum } from './license-enums';

@InputType({ description: 'An instance that gives its place under a code back.' })
export class DeactivateInstanceInput extends MutationInput implements DeactivateInstance {
  @Field(() => ID, { description: 'The id of the instance.' })
  readonly instanceId!: string;

  @Field(() => String, { nullable: true, description: 'Why. Support has to say it; at most 500 characters.' })
  readonly reason?: string | null;
}

@InputType({ description: 'A licence that support issues by hand: like the subscription, but for what is said here.' })
export class IssueLicenseInput extends MutationInput implements IssueLicense {
  @Field(() => ID, { description: 'The name of the subscription: `A-S00012345`.' })
  readonly subscriptionName!: string;

  @Field(() => LicenseKindEnum, { defaultValue: 'ONLINE_CLOUD', description: 'How it reaches the instance.' })
  readonly kind!: LicenseKind;

  @Field(() => Int, { nullable: true, description: 'Seats; those of the subscription, when it is not said.' })
  readonly seats?: number | null;

  @Field(() => PlainDateScalar, { nullable: true, description: 'The day on which it has expired, at most 12 months from today.' })
  readonly expiresOn?: PlainDate | null;

  @Field(() => String, { description: 'Why, at most 500 characters.' })
  readonly reason!: string;

  @Field(() => String, { description: 'The ticket it is for, at most 64 characters.' })
  readonly ticket!: string;
}

@InputType({ description: 'A licence that support takes back.' })
export class RevokeLicenseInput extends MutationInput implements RevokeLicense {
  @Field(() => ID, { description: 'The licence.' })
  readonly licenseId!: string;

  @Field(() => String, { description: 'Why, at most 500 characters.' })
  readonly reason!: string;

  @Field(() => String, { description: 'The ticket it is for, at most 64 characters.' })
  readonly ticket!: string;
}

@InputType({ description: 'A licence to send once more, to the Sold-To contact and nobody else.' })
export class ResendLicenseInput extends MutationInput implements ResendLicense {
  @Field(() => ID, { description: 'The licence: the newest of its kind.' })
  readonly licenseId!: string;

  @Field(() => String, { description: 'Why, at most 500 characters.' })
  readonly reason!: string;
}

@InputType({ description: 'Compute minutes that a namespace has used, beside those that were reported before.' })
export class ReportComputeUsageInput extends MutationInput implements ReportComputeUsage {
  @Field(() => ID, { description: 'The namespace.' })
  readonly namespaceId!: string;

  @Field(() => PlainDateScalar, { description: 'The day on which they were used, in UTC; one of the last 62.' })
  readonly on!: PlainDate;

  @Field(() => Int, { description: 'How many.' })
  readonly minutes!: number;
}
