import { Field, ObjectType } from 'type-graphql';
import { userErrorType } from '#kernel/graph/user-error';
import { Namespace } from './namespace';
import type { NamespaceSource, SubscriptionSource } from './reading';
import { Subscription } from './subscription';

const { Payload } = userErrorType({
  BILLING_ACCOUNT_NOT_FOUND: 'There is no such billing account, or you may not know of it.',
  MEASURED_IN_FUTURE: 'The moment of the measurement has not come yet.',
  NAMESPACE_NOT_FOUND: 'There is no such namespace, or you may not know of it.',
  NAMESPACE_PATH_INVALID: 'The text cannot be the path of a group.',
  NAMESPACE_PATH_TAKEN: 'The path is registered for another billing account.',
  NAMESPACE_TAKEN: 'Another subscription stands on the namespace.',
  NAMESPACE_UNCHANGED: 'The subscription is on the namespace already.',
  NOT_FOR_NAMESPACE: 'The subscription does not run in a namespace.',
  REASON_INVALID: 'The act needs a reason, in one line.',
  SEATS_IN_USE_INVALID: 'The number of users is outside what is possible.',
  SUBSCRIPTION_ENDED: 'The subscription is cancelled, or its term is over.',
  SUBSCRIPTION_NOT_FOUND: 'There is no such subscription, or you may not know of it.',
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
