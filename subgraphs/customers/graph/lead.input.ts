import { Field, ID, InputType } from 'type-graphql';
import { MutationInput } from '#kernel/graph/mutation-input';
import type { LeadOutcome, LeadStatus, LeadTarget } from '../domain/lead';
import { LeadOutcomeEnum, LeadStatusEnum, LeadTargetEnum } from './enums';

@InputType({ description: 'A condition on the status of a lead.' })
export class LeadStatusFilter {
  @Field(() => LeadStatusEnum, { nullable: true, description: 'It is this one.' })
  readonly eq?: LeadStatus | null;
}

@InputType({ description: 'Which leads are wanted.' })
export class LeadWhereInput {
  @Field(() => LeadStatusFilter, { nullable: true, description: 'By what came of them.' })
  readonly status?: LeadStatusFilter | null;
}

@InputType({ description: 'A wish to be called by sales.' })
export class RaiseHandInput extends MutationInput {
  @Field(() => ID, { description: 'For which account.' })
  readonly billingAccountId!: string;

  @Field(() => String, { description: 'What it is about: a line of 1 to 500 characters.' })
  readonly message!: string;
}

@InputType({ description: 'What came of a lead.' })
export class CloseLeadInput extends MutationInput {
  @Field(() => ID, { description: 'Which lead.' })
  readonly leadId!: string;

  @Field(() => LeadOutcomeEnum, { description: 'Whether the customer bought.' })
  readonly outcome!: LeadOutcome;

  @Field(() => String, { description: 'Why, in one line.' })
  readonly reason!: string;
}

@InputType({ description: 'A lead to deliver once more.' })
export class ReplayLeadInput extends MutationInput {
  @Field(() => ID, { description: 'Which lead.' })
  readonly leadId!: string;

  @Field(() => LeadTargetEnum, { defaultValue: LeadTargetEnum.CRM, description: 'Where to.' })
  readonly target!: LeadTarget;
}
