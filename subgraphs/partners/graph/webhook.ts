import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { MutationInput } from '#kernel/graph/mutation-input';
import { Node } from '#kernel/graph/node';
import { DateTime, Url } from '#kernel/graph/scalars';
import type { Id } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant } from '#kernel/time';
import { DELIVERY_STATES, type DeliveryState, type WebhookEvent } from '../domain/webhook';
import type { DeliveryRow, WebhookRow } from '../store/tables';

export const WebhookDeliveryStateEnum = enumOf('WebhookDeliveryState', DELIVERY_STATES, {
  PENDING: 'Not told yet; it is tried again by itself.',
  DELIVERED: 'Your receiver answered with success.',
  FAILED: 'Tried for three days; `redeliverWebhook` tries again.',
});

@Publishes<WebhookRow>()
@ObjectType({ simpleResolvers: true, description: 'Where you are told how your orders stand.' })
export class StatusWebhook {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: Id<'statusWebhook'>;

  @always(() => Url, { description: 'Your receiver.' })
  readonly url!: string;

  @always(() => [String], { description: 'What it is told: `order.accepted`, `order.fulfilled`, `order.rejected`, `order.error`.' })
  readonly events!: WebhookEvent[];

  @always(() => DateTime, { description: 'When it was first set.' })
  readonly createdAt!: Instant;
}

@Publishes<Omit<DeliveryRow, 'state'> & { readonly status: DeliveryState; readonly at: Instant }>()
@ObjectType({ simpleResolvers: true, implements: Node, description: 'One event on its way to your receiver.' })
export class WebhookDelivery {
  @always(() => ID, { description: 'Its id, sent as `webhook-id`: the same with each try, so that a doubled event can be told.' })
  readonly id!: Id<'webhookDelivery'>;

  @always(() => String, { description: 'What is told.' })
  readonly event!: string;

  @always(() => String, { description: 'What it is about. Events of one key are put in the order of `sequence`.' })
  readonly orderingKey!: string;

  @always(() => Int, { description: 'Where it stands among the events of its key.' })
  readonly sequence!: number;

  @always(() => WebhookDeliveryStateEnum, { description: 'How far it is.' })
  readonly status!: DeliveryState;

  @always(() => Int, { description: 'How often it was tried.' })
  readonly attempts!: number;

  @sometimes(() => Int, { description: 'What your receiver answered last. Null: nothing.' })
  readonly responseStatus!: number | null;

  @sometimes(() => String, { description: 'What went wrong last.' })
  readonly error!: string | null;

  @always(() => DateTime, { description: 'When it was last tried, or queued.' })
  readonly at!: Instant;
}

export const WebhookDeliveryConnection = connectionType(WebhookDelivery, 'WebhookDelivery');

/** A delivery as its log shows it. */
export const deliveryView = ({ state, ...row }: DeliveryRow) => ({ ...row, status: state, at: row.triedAt ?? row.createdAt });

@InputType({ description: 'Where to be told of orders.' })
export class SetStatusWebhookInput extends MutationInput {
  @Field(() => Url, { description: 'Your receiver, over https.' })
  readonly url!: string;

  @Field(() => [String], { description: 'What it is told: `order.accepted`, `order.fulfilled`, `order.rejected`, `order.error`.' })
  readonly events!: string[];
}

@InputType({ description: 'A webhook to remove.' })
export class RemoveStatusWebhookInput extends MutationInput {
  @Field(() => ID, { description: 'Which.' })
  readonly webhookId!: string;
}

@InputType({ description: 'A webhook to try out.' })
export class TestStatusWebhookInput extends MutationInput {
  @Field(() => ID, { description: 'Which.' })
  readonly webhookId!: string;
}

@InputType({ description: 'An event to tell once more.' })
export class RedeliverWebhookInput extends MutationInput {
  @Field(() => ID, { description: 'Which delivery.' })
  readonly deliveryId!: string;
}
