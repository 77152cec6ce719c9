import 'reflect-metadata';
import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { Wrapper } from './plain-resolver';
import { CountryCode } from './scalars';

/** Where mail and tax offices find somebody: what is stored, announced and answered. */
export interface PostalAddress {
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region: string | null;
  readonly country: string;
}

/** The GraphQL type `Address`; its source object is a `PostalAddress`. */
@Wrapper()
@Directive('@shareable')
@ObjectType({ simpleResolvers: true, description: 'A postal address.' })
export class Address implements PostalAddress {
  @Field(() => String, { description: 'Street and house number.' })
  readonly street!: string;

  @Field(() => String, { description: 'City or town.' })
  readonly city!: string;

  @Field(() => String, { description: 'Postal code, as the country writes it.' })
  readonly postalCode!: string;

  @Field(() => String, { nullable: true, description: 'State, province or region, where the country has them.' })
  readonly region!: string | null;

  @Field(() => CountryCode, { description: 'The country.' })
  readonly country!: string;
}

/** An address as a client sends it. */
@InputType({ description: 'A postal address.' })
export class AddressInput {
  @Field(() => String, { description: 'Street and house number.' })
  readonly street!: string;

  @Field(() => String, { description: 'City or town.' })
  readonly city!: string;

  @Field(() => String, { description: 'Postal code, as the country writes it.' })
  readonly postalCode!: string;

  @Field(() => String, { nullable: true, description: 'State, province or region, where the country has them.' })
  readonly region?: string | null;

  @Field(() => CountryCode, { description: 'The country.' })
  readonly country!: string;
}
