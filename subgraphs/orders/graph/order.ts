import { Directive, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { Node } from '#kernel/graph/node';
import { DateTime, PlainDateScalar } from '#kernel/graph/scalars';
import type { OrderActionId, OrderId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import type { Channel, DealType } from '../domain/catalog';
import type { OrderState } from '../domain/order';
import type { EntryKind } from '../domain/progress';
import type { ActionKind } from '../domain/request';
import type { StepKind, StepState } from '../domain/steps';
import type { OrderActionRow, OrderLineRow, OrderRow, OrderStepRow, OrderTimelineRow } from '../store/tables';
import {
  ChannelEnum,
  DealTypeEnum,
  OrderActionKindEnum,
  OrderStateEnum,
  OrderStepKindEnum,
  OrderStepStateEnum,
  OrderTimelineKindEnum,
} from './enums';

@Publishes<OrderRow>()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "number")')
@ObjectType({ simpleResolvers: true, implements: Node, description: 'A purchase: what was bought, and how far it is.' })
export class Order {
  @always(() => ID, { description: 'The global id.' }) id!: OrderId;
  @always(() => String, { description: 'The number that stands on papers: `O-00012345`.' }) number!: string;
  @always(() => OrderStateEnum, { description: 'How far the order is.' }) state!: OrderState;
  @always(() => ChannelEnum, { description: 'The door through which it came.' }) channel!: Channel;
  @always(() => DealTypeEnum, { description: 'Who stands between the seller and the user.' }) dealType!: DealType;
  @always(() => DateTime, { description: 'When it was placed.' }) placedAt!: Date;
  @sometimes(() => DateTime, { description: 'When everything was delivered.' }) fulfilledAt!: Date | null;
  @sometimes(() => String, { description: 'The purchase-order number of the buyer.' }) poNumber!: string | null;
  @always(() => String, { description: 'Ties together everything that followed from this order; quote it to support.' })
  correlationId!: string;
}

export const OrderConnection = connectionType(Order, 'Order');

@Publishes<OrderActionRow>()
@ObjectType({ simpleResolvers: true, description: 'One thing that an order does.' })
export class OrderAction {
  @always(() => ID, { description: 'The global id.' }) id!: OrderActionId;
  @always(() => OrderActionKindEnum, { description: 'What it does.' }) kind!: ActionKind;
  @always(() => PlainDateScalar, { description: 'The first day on which it holds.' }) effectiveOn!: PlainDate;
  @always(() => String, { description: 'The product it is about.' }) sku!: string;
  @always(() => Int, { description: 'How many seats or packs.' }) quantity!: number;
  @sometimes(() => String, { description: 'The name of the subscription, once it has one.' }) subscriptionName!: string | null;
}

@Publishes<OrderStepRow>()
@ObjectType({ simpleResolvers: true, description: 'One step of carrying out an order. Each is retried alone.' })
export class OrderStep {
  @always(() => OrderStepKindEnum, { description: 'Which step.' }) kind!: StepKind;
  @always(() => OrderStepStateEnum, { description: 'How far it is.' }) state!: StepState;
  @always(() => Int, { description: 'How often it was asked for.' }) attempts!: number;
  @sometimes(() => String, { description: 'Why it could not be carried out the last time.' }) lastError!: string | null;
  @sometimes(() => DateTime, { description: 'When it is tried again by itself.' }) nextRetryAt!: Date | null;
  @sometimes(() => DateTime, { description: 'When it was carried out.' }) doneAt!: Date | null;
}

@Publishes<OrderTimelineRow>()
@ObjectType({ simpleResolvers: true, description: 'One entry in the story of an order.' })
export class OrderTimelineEntry {
  @always(() => DateTime, { description: 'When it happened.' }) at!: Date;
  @always(() => String, { description: 'Who did it: a person, a partner, or a part of the product.' }) actor!: string;
  @always(() => String, { description: 'The part of the product that it happened in.' }) house!: string;
  @always(() => OrderTimelineKindEnum, { description: 'What happened.' }) kind!: EntryKind;
  @sometimes(() => OrderStepKindEnum, { description: 'The step it happened to.' }) step!: StepKind | null;
  @always(() => String, { description: 'The particulars, as a sentence.' }) detail!: string;
}

@Publishes<OrderLineRow>()
@ObjectType({ simpleResolvers: true, description: 'One priced line of an order, and of its invoice.' })
export class OrderLine {
  @always(() => String, { description: 'What is charged.' }) description!: string;
  @always(() => String, { description: 'The product.' }) sku!: string;
  @always(() => Int, { description: 'How many seats or packs.' }) quantity!: number;
  @sometimes(() => Int, { description: 'The days charged, where the price is counted by days.' }) days!: number | null;
  @always(() => String, { description: 'How the amount came about, to be checked with a calculator.' }) working!: string;
  @always(() => String, { description: 'How the tax came about.' }) taxWorking!: string;
}
