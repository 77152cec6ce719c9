import { Field, ObjectType } from 'type-graphql';
import { Address, type PostalAddress } from '#kernel/graph/address';
import { Computed } from '#kernel/graph/plain-resolver';
import type { Seller } from '../domain/tax-identity';

@ObjectType({ simpleResolvers: true, description: 'The company that sells, as it stood when the invoice was posted.' })
export class InvoiceSeller {
  @Field(() => String, { description: 'Its legal name.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Its tax number, with what it is called there: `VAT NL000000000B00`.' })
  readonly taxNumber!: string | null;

  @Computed<Seller>(({ street, city, postalCode, region, country }): PostalAddress | null =>
    country ? { street, city, postalCode, region, country } : null,
  )
  @Field(() => Address, { nullable: true, description: 'Its seat.' })
  readonly address!: PostalAddress | null;
}

@ObjectType({ simpleResolvers: true, description: 'The company that buys, as it stood when the invoice was posted.' })
export class InvoiceBuyer {
  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Its VAT id, where it has one.' })
  readonly taxNumber!: string | null;

  @Field(() => Boolean, { description: 'Whether it is exempt from tax.' })
  readonly isTaxExempt!: boolean;
}
