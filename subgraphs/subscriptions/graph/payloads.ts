import { Field, ObjectType } from 'type-graphql';
import { userErrorType } from '#kernel/graph/user-error';
import type { ExtensionRow, TrialRow } from '../store/tables';
import { Namespace } from './namespace';
import type { NamespaceSource, SubscriptionSource } from './reading';
import { Subscription } from './subscription';
import { TemporaryExtension, Trial } from './trial';

const { Payload } = userErrorType({
  BILLING_ACCOUNT_NOT_FOUND: 'There is no such billing account, or you may not know of it.',
  EXTENSION_GRANTED: 'The end of this term was put off before.',
  EXTENSION_NOT_NEEDED: 'The next term is agreed already.',
  EXTENSION_TOO_EARLY: 'The end of the term is too far away to be put off.',
  EXTENSION_TOO_LATE: 'The term ended too long ago to be put off.',
  MEASURED_IN_FUTURE: 'The moment of the measurement has not come yet.',
  NAMESPACE_NOT_FOUND: 'There is no such namespace, or you may not know of it.',
  NAMESPACE_PATH_INVALID: 'The text cannot be the path of a group.',
  NAMESPACE_PATH_TAKEN: 'The path is registered for another billing account.',
  NAMESPACE_TAKEN: 'Another subscription stands on the namespace.',
  NAMESPACE_UNCHANGED: 'The subscription is on the namespace already.',
  NOT_FOR_NAMESPACE: 'The subscription does not run in a namespace.',
  NOTHING_TO_TRY: 'The namespace has a plan that gives as much as the trial.',
  REASON_INVALID: 'The act needs a reason, in one line.',
  SEATS_IN_USE_INVALID: 'The number of users is outside what is possible.',
  SUBSCRIPTION_ENDED: 'The subscription is cancelled, or its term is over.',
  SUBSCRIPTION_NOT_FOUND: 'There is no such subscription, or you may not know of it.',
  TRIAL_USED: 'The namespace, or its subscription, has had its trial.',
});

@ObjectType({ simpleResolvers: true, description: 'What came of a wish about renewal.' })
export class SetAutoRenewPayload extends Payload {
  @Field(() => Subscription, { nullable: true, description: 'The subscription as it is now.' })
  readonly subscription!: SubscriptionSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of registering a namespace.' })
export class RegisterNamespacePayload extends Payload {
  @Field(() => Namespace, { nullable: true, description: 'The namespace.' })
  readonly namespace!: NamespaceSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of a measurement.' })
export class ReportNamespaceUsagePayload extends Payload {
  @Field(() => Namespace, { nullable: true, description: 'The namespace as it is now.' })
  readonly namespace!: NamespaceSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of moving a subscription to another namespace.' })
export class TransferNamespacePayload extends Payload {
  @Field(() => Subscription, { nullable: true, description: 'The subscription as it is now.' })
  readonly subscription!: SubscriptionSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of starting a trial.' })
export class StartTrialPayload extends Payload {
  @Field(() => Trial, { nullable: true, description: 'The trial.' })
  readonly trial!: TrialRow | null;
}

@ObjectType({ simpleResolvers: true, description: "What came of putting a term's end off." })
export class GrantTemporaryExtensionPayload extends Payload {
  @Field(() => TemporaryExtension, { nullable: true, description: 'The extension.' })
  readonly extension!: ExtensionRow | null;
}
