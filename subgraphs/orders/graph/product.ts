import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { Node } from '#kernel/graph/node';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { Id } from '#kernel/ids';
import type { Money } from '#kernel/money';
import { always, Publishes, sometimes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import type { Channel, ChargeModel, Deployment, PriceShape, ProductKind, Tier } from '../domain/catalog';
import type { ProductRow } from '../store/tables';
import { ChannelEnum, ChargeModelEnum, DeploymentEnum, PriceShapeEnum, ProductKindEnum, TierEnum } from './enums';

@Publishes<ProductRow>()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku")')
@ObjectType({ simpleResolvers: true, implements: Node, description: 'Something that can be bought.' })
export class Product {
  @always(() => ID, { description: 'The global id.' }) id!: Id<'product'>;
  @always(() => String, { description: 'How orders name it.' }) sku!: string;
  @always(() => String, { description: 'How buyers call it.' }) name!: string;
  @always(() => ProductKindEnum, { description: 'What it is.' }) kind!: ProductKind;
  @sometimes(() => TierEnum, { description: 'How rich the plan is. Null for what is no plan.' }) tier!: Tier | null;
  @sometimes(() => DeploymentEnum, { description: 'Where it runs. Null when it goes with both.' }) deployment!: Deployment | null;
}

export const ProductConnection = connectionType(Product, 'Product');

@ObjectType({ simpleResolvers: true, description: 'One tier of a price.' })
export class ProductPriceTier {
  @Field(() => Int, { nullable: true, description: 'The last unit that it reaches. Null: all that are left.' }) readonly upTo!:
    | number
    | null;
  @Field(() => MoneyType, { description: 'The price of one unit in it.' }) readonly unitPrice!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'What one unit costs through one channel.' })
export class ProductPrice {
  @Field(() => ChannelEnum, { description: 'The channel.' }) readonly channel!: Channel;
  @Field(() => ChargeModelEnum, { description: 'Whether the price is for a year, or paid once.' }) readonly model!: ChargeModel;
  @Field(() => PriceShapeEnum, { description: 'How the price grows with the quantity.' }) readonly shape!: PriceShape;
  @Field(() => MoneyType, {
    description: 'For one unit, one package, or the whole where it is flat; for a year where it recurs. Zero where it has tiers.',
  })
  readonly unitPrice!: Money;
  @Field(() => [ProductPriceTier], { description: 'Its tiers, where it has any.' }) readonly tiers!: readonly ProductPriceTier[];
  @Field(() => Int, { nullable: true, description: 'How many units a package holds.' }) readonly packageSize!: number | null;
  @Field(() => Int, { nullable: true, description: 'How many months a one-time purchase lasts.' }) readonly lastsMonths!: number | null;
  @Field(() => PlainDateScalar, { description: 'The first day on which it holds.' }) readonly effectiveOn!: PlainDate;
}
