import { Field, InputType, Int } from 'type-graphql';
import { MoneyInput } from '#kernel/graph/money';
import { MutationInput } from '#kernel/graph/mutation-input';
import { Decimal, PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import type { Channel, ChargeModel, Deployment, PriceShape, ProductKind, Tier } from '../domain/catalog';
import { ChannelEnum, ChargeModelEnum, DeploymentEnum, PriceShapeEnum, ProductKindEnum, TierEnum } from './enums';

@InputType({ description: 'One tier of a price.' })
export class PriceTierInput {
  @Field(() => Int, { nullable: true, description: 'The last unit that it reaches; all that are left when absent.' })
  readonly upTo?: number | null;
  @Field(() => Decimal, { description: 'The price of one unit in it.' }) readonly unitAmount!: string;
}

@InputType({ description: 'A price in one currency, for all channels or for some.' })
export class ListedPriceInput {
  @Field(() => MoneyInput, { description: 'For one unit, one package, or the whole where it is flat; zero where it has tiers.' })
  readonly amount!: MoneyInput;
  @Field(() => [ChannelEnum], { nullable: true, description: 'The channels that it holds for. All when absent.' })
  readonly channels?: Channel[] | null;
  @Field(() => [PriceTierInput], { nullable: true, description: 'Its tiers, the last of which takes all units that are left.' })
  readonly tiers?: PriceTierInput[] | null;
}

@InputType({ description: 'A product with its prices.' })
export class ListedProductInput {
  @Field(() => String, { description: 'How orders name it: small letters, digits and dashes.' }) readonly sku!: string;
  @Field(() => String, { description: 'How buyers call it.' }) readonly name!: string;
  @Field(() => ProductKindEnum, { description: 'What it is.' }) readonly kind!: ProductKind;
  @Field(() => TierEnum, { nullable: true, description: 'How rich it is, where it is a plan.' }) readonly tier?: Tier | null;
  @Field(() => DeploymentEnum, { nullable: true, description: 'Where it runs. Both when absent.' }) readonly deployment?: Deployment | null;
  @Field(() => ChargeModelEnum, { description: 'Whether it is paid for each year, or once.' }) readonly model!: ChargeModel;
  @Field(() => Int, { nullable: true, description: 'How many months a one-time purchase lasts.' }) readonly lastsMonths?: number | null;
  @Field(() => PriceShapeEnum, { nullable: true, defaultValue: 'PER_UNIT', description: 'How its price grows with the quantity.' })
  readonly shape?: PriceShape | null;
  @Field(() => Int, { nullable: true, description: 'How many units a package holds.' }) readonly packageSize?: number | null;
  @Field(() => [ListedPriceInput], { description: 'Its prices.' }) readonly prices!: ListedPriceInput[];
}

@InputType({ description: 'Products, and their prices from a day on.' })
export class ListProductsInput extends MutationInput {
  @Field(() => PlainDateScalar, { description: 'The first day on which the prices hold.' }) readonly effectiveOn!: PlainDate;
  @Field(() => [ListedProductInput], { description: 'The products: 1 to 200.' }) readonly products!: ListedProductInput[];
}
