import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '#kernel/graph/mutation-input';
import { DateTime } from '#kernel/graph/scalars';
import type { GrantTemporaryExtension } from '../actions/grantTemporaryExtension';
import type { RegisterNamespace } from '../actions/registerNamespace';
import type { ReportNamespaceUsage } from '../actions/reportNamespaceUsage';
import type { SetAutoRenew } from '../actions/setAutoRenew';
import type { StartTrial } from '../actions/startTrial';
import type { TransferNamespace } from '../actions/transferNamespace';
import type { TrialKind } from '../domain/trial';
import { TrialKindEnum } from './trial';

@InputType({ description: 'A wish about renewal.' })
export class SetAutoRenewInput extends MutationInput implements SetAutoRenew {
  @Field(() => ID, { description: 'The name of the subscription: `A-S00012345`.' })
  readonly subscriptionName!: string;

  @Field(() => Boolean, { description: 'True: renew at the end of the term.' })
  readonly isOn!: boolean;

  @Field(() => Int, { nullable: true, description: 'Change only if this is still the newest version.' })
  readonly ifVersion?: number | null;
}

@InputType({ description: 'A group to buy for.' })
export class RegisterNamespaceInput extends MutationInput implements RegisterNamespace {
  @Field(() => ID, { description: 'The billing account that pays for it.' })
  readonly billingAccountId!: string;

  @Field(() => String, { description: 'The path of the group: `acme/web`. Capital letters count as small ones.' })
  readonly path!: string;
}

@InputType({ description: 'How many users a namespace has.' })
export class ReportNamespaceUsageInput extends MutationInput implements ReportNamespaceUsage {
  @Field(() => ID, { description: 'The namespace.' })
  readonly namespaceId!: string;

  @Field(() => Int, { description: 'Users that take a seat.' })
  readonly seatsInUse!: number;

  @Field(() => DateTime, { nullable: true, description: 'When they were counted; now, when it is not said.' })
  readonly measuredAt?: Date | null;
}

@InputType({ description: 'Another namespace for a subscription.' })
export class TransferNamespaceInput extends MutationInput implements TransferNamespace {
  @Field(() => ID, { description: 'The name of the subscription: `A-S00012345`.' })
  readonly subscriptionName!: string;

  @Field(() => ID, { description: 'The namespace to which it goes; of the same billing account.' })
  readonly toNamespaceId!: string;

  @Field(() => String, { description: 'Why, at most 500 characters. It stands in the audit trail.' })
  readonly reason!: string;
}

@InputType({ description: 'What is to be tried, and where.' })
export class StartTrialInput extends MutationInput implements StartTrial {
  @Field(() => ID, { description: 'The namespace.' })
  readonly namespaceId!: string;

  @Field(() => TrialKindEnum, { description: 'The tier to try.' })
  readonly kind!: TrialKind;
}

@InputType({ description: 'Whose end is put off, and why.' })
export class GrantTemporaryExtensionInput extends MutationInput implements GrantTemporaryExtension {
  @Field(() => ID, { description: 'The name of the subscription: `A-S00012345`.' })
  readonly subscriptionName!: string;

  @Field(() => String, { description: 'Why, for the audit trail.' })
  readonly reason!: string;
}
