import { Field, ID, InputType, Int } from 'type-graphql';
import { RepeatableInput } from '#kernel/graph/mutation-input';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { Instant, PlainDate } from '#kernel/time';
import type { ActivateInstance } from '../actions/activateInstance';
import type { AddOnUsage } from '../domain/seat-report';
import type { ReportSeatUsage } from '../domain/sync';

@InputType({ description: 'An instance that asks for its licence.' })
export class ActivateInstanceInput extends RepeatableInput implements ActivateInstance {
  @Field(() => String, { description: 'The 24 letters and digits from the mail; spaces, dashes and case do not matter.' })
  readonly activationCode!: string;

  @Field(() => String, { description: 'The identifier the instance chose for itself, the same as in its token. At most 128 characters.' })
  readonly instanceId!: string;

  @Field(() => String, { description: 'The host it runs on. At most 255 characters.' })
  readonly hostname!: string;

  @Field(() => String, { description: 'The version it runs. At most 64 characters.' })
  readonly version!: string;

  @Field(() => DateTime, { nullable: true, description: 'What its clock says; more than a day wrong is refused.' })
  readonly clock?: Instant | null;

  @Field(() => String, {
    nullable: true,
    description: 'The identifier of an instance of the same code that it takes over from; that one is deactivated.',
  })
  readonly replacesInstanceId?: string | null;
}

@InputType({ description: 'Add-on seats as an instance counts them.' })
export class AddOnUsageInput implements AddOnUsage {
  @Field(() => String, { description: 'The add-on. At most 64 characters.' })
  readonly sku!: string;

  @Field(() => Int, { description: 'Add-on seats bought, as the instance knows.' })
  readonly purchased!: number;

  @Field(() => Int, { description: 'Add-on seats assigned to users.' })
  readonly assigned!: number;
}

@InputType({ description: "One day's count of an instance. Sending a day again changes nothing, so there is no key to send." })
export class ReportSeatUsageInput implements ReportSeatUsage {
  @Field(() => String, { description: 'The identifier the instance chose for itself, the same as in its token.' })
  readonly instanceId!: string;

  @Field(() => ID, { description: 'The licence it runs with.' })
  readonly licenseId!: string;

  @Field(() => PlainDateScalar, { description: 'The day that was counted, in UTC.' })
  readonly on!: PlainDate;

  @Field(() => Int, { description: 'Users who needed a seat on that day.' })
  readonly billableUsers!: number;

  @Field(() => Int, { description: 'The most users that needed one since the term began.' })
  readonly maxHistoricalUsers!: number;

  @Field(() => String, { description: 'The version it runs. At most 64 characters.' })
  readonly version!: string;

  @Field(() => String, { description: 'The host it runs on. At most 255 characters.' })
  readonly hostname!: string;

  @Field(() => [AddOnUsageInput], { nullable: true, defaultValue: [], description: 'Its add-ons, at most 100.' })
  readonly addOns?: AddOnUsageInput[] | null;
}
