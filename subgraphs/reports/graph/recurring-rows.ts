import { Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { PlainDateScalar } from '#kernel/graph/scalars';
import type { Id, OrganizationId } from '#kernel/ids';
import type { Money } from '#kernel/money';
import type { PlainDate } from '#kernel/time';
import type { RowOf } from '../domain/columns';
import type { Movement } from '../domain/movements';
import type { ARR_COLUMNS } from '../store/recurring-rows';
import { MovementEnum } from './enums';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true, description: 'A company that buys.' })
export class Organization {
  @Field(() => ID, { description: 'The global id of the company.' })
  readonly id!: OrganizationId;
}

@ObjectType({ simpleResolvers: true, description: 'A charge that is a part of annual recurring revenue.' })
export class ArrRow implements RowOf<typeof ARR_COLUMNS> {
  @Field(() => ID, { description: 'The id of the charge.' })
  readonly id!: Id<'charge'>;

  @Field(() => String, { description: 'The name of its subscription.' })
  readonly subscriptionName!: string;

  @Field(() => String, { description: 'What is charged for, by its SKU.' })
  readonly sku!: string;

  @Field(() => String, { description: 'The tier of the plan that it was sold with.' })
  readonly tier!: string;

  @Field(() => String, { description: 'Where the product runs.' })
  readonly deployment!: string;

  @Field(() => String, { description: 'The segment of the account.' })
  readonly segment!: string;

  @Field(() => String, { description: 'The channel of the order that brought it.' })
  readonly channel!: string;

  @Field(() => String, { description: 'The currency in which it is paid.' })
  readonly currency!: string;

  @Field(() => Int, { description: 'How many.' })
  readonly quantity!: number;

  @Field(() => MoneyType, { description: 'What it comes to in a year.' })
  readonly arr!: Money;

  @Field(() => PlainDateScalar, { description: 'Its first day.' })
  readonly startsOn!: PlainDate;

  @Field(() => PlainDateScalar, { description: 'The day after its last one.' })
  readonly endsOn!: PlainDate;
}

/** What the rows about companies begin with. */
@ObjectType({ simpleResolvers: true })
abstract class CompanyRow {
  /** For its reference; not published. */
  readonly organizationId!: OrganizationId;
}

@ObjectType({ simpleResolvers: true })
abstract class MovementRow extends CompanyRow {
  @Field(() => MovementEnum, { description: 'What the change is to the company.' })
  readonly movement!: Movement;

  @Field(() => MoneyType, { description: 'What it was in the month before.' })
  readonly opening!: Money;

  @Field(() => MoneyType, { description: 'What it is in the month.' })
  readonly closing!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'How the monthly recurring revenue of one company moved.' })
export class MrrRow extends MovementRow {}

@ObjectType({ simpleResolvers: true, description: 'How the annual recurring revenue of one company from one product moved.' })
export class ArrMovementRow extends MovementRow {
  @Field(() => String, { description: 'The product, by its SKU.' })
  readonly sku!: string;

  @Field(() => MoneyType, { description: 'Of the change: more or fewer of it, at the old price of one.' })
  readonly seats!: Money;

  @Field(() => MoneyType, { description: 'Of the change: another price, for the new quantity.' })
  readonly price!: Money;

  @Field(() => MoneyType, { description: 'Of the change: a product that the company did not have, or has no more.' })
  readonly tier!: Money;
}

@ObjectType({ simpleResolvers: true, description: 'A parent company that had recurring revenue a year before.' })
export class RetentionRow extends CompanyRow {
  @Field(() => MoneyType, { description: 'What it was worth then.' })
  readonly yearBefore!: Money;

  @Field(() => MoneyType, { description: 'What it is worth now.' })
  readonly now!: Money;

  @Field(() => MoneyType, { description: 'The smaller of the two.' })
  readonly kept!: Money;
}

export const ArrRowConnection = connectionType(ArrRow, 'ArrRow');
export const MrrRowConnection = connectionType(MrrRow, 'MrrRow');
export const ArrMovementRowConnection = connectionType(ArrMovementRow, 'ArrMovementRow');
export const RetentionRowConnection = connectionType(RetentionRow, 'RetentionRow');

const ORGANIZATION = { nullable: true, description: 'The company.' } as const;

@Resolver(() => MrrRow)
export class MrrRowResolver {
  @FieldResolver(() => Organization, ORGANIZATION)
  organization(@Root() { organizationId }: MrrRow): Organization {
    return { id: organizationId };
  }
}

@Resolver(() => ArrMovementRow)
export class ArrMovementRowResolver {
  @FieldResolver(() => Organization, ORGANIZATION)
  organization(@Root() { organizationId }: ArrMovementRow): Organization {
    return { id: organizationId };
  }
}

@Resolver(() => RetentionRow)
export class RetentionRowResolver {
  @FieldResolver(() => Organization, ORGANIZATION)
  organization(@Root() { organizationId }: RetentionRow): Organization {
    return { id: organizationId };
  }
}
