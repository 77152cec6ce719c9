import { Field, ID, InputType, Int } from 'type-graphql';
import { AddressInput } from '#kernel/graph/address';
import { MoneyInput } from '#kernel/graph/money';
import { MutationInput } from '#kernel/graph/mutation-input';
import { CountryCode, EmailAddress, PlainDateScalar } from '#kernel/graph/scalars';
import type { PlainDate } from '#kernel/time';
import type { DealDecision } from '../domain/deal-registration';
import { DealDecisionEnum } from './deal';

@InputType({ description: 'The customer at the end of the chain, and who gets the licence.' })
export class EndCustomerInput {
  @Field(() => String, { description: 'The company.' })
  readonly companyName!: string;

  @Field(() => CountryCode, { description: 'Where it is: the country of the address.' })
  readonly country!: string;

  @Field(() => AddressInput, { description: 'Its address.' })
  readonly address!: AddressInput;

  @Field(() => String, { description: 'Sold-To: who gets the licence.' })
  readonly soldToName!: string;

  @Field(() => EmailAddress, { description: 'Where the licence is sent. Never an address of yours.' })
  readonly soldToEmail!: string;

  @Field(() => String, { nullable: true, description: 'Its VAT id, where it has one.' })
  readonly vatId?: string | null;
}

@InputType({ description: 'One thing to order.' })
export class PartnerOrderLineInput {
  @Field(() => String, { description: 'A plan of `partnerOffers`.' })
  readonly sku!: string;

  @Field(() => Int, { description: 'How many seats.' })
  readonly quantity!: number;

  @Field(() => PlainDateScalar, { description: 'The first day: 30 days back to a year ahead.' })
  readonly startsOn!: PlainDate;

  @Field(() => Int, { nullable: true, defaultValue: 12, description: 'How many months: 1 to 60.' })
  readonly termMonths?: number | null;
}

@InputType({ description: 'Your purchase order.' })
export class PurchaseOrderInput {
  @Field(() => String, { description: 'Its number, as it is to stand on the invoice.' })
  readonly number!: string;

  @Field(() => MoneyInput, { description: 'What it comes to at your own price, before tax. It may differ by $1.00.' })
  readonly amount!: MoneyInput;
}

@InputType({ description: 'The offer and the agreement on the side of a cloud marketplace.' })
export class MarketplaceInput {
  @Field(() => String, { description: 'The offer.' })
  readonly offerId!: string;

  @Field(() => String, { description: 'The agreement.' })
  readonly agreementId!: string;
}

@InputType({ description: 'An order of a partner.' })
export class PlacePartnerOrderInput extends MutationInput {
  @Field(() => String, { description: 'Your own reference, one for each order. The same order sent again under it is the same order.' })
  readonly externalId!: string;

  @Field(() => ID, { nullable: true, description: 'The reseller that you sell to, for distributors.' })
  readonly resellerId?: string | null;

  @Field(() => EndCustomerInput, { description: 'The customer.' })
  readonly endCustomer!: EndCustomerInput;

  @Field(() => [PartnerOrderLineInput], { description: 'What is ordered: 1 to 100 lines, each a subscription.' })
  readonly lines!: PartnerOrderLineInput[];

  @Field(() => PurchaseOrderInput, { description: 'Your purchase order.' })
  readonly po!: PurchaseOrderInput;

  @Field(() => ID, { nullable: true, description: 'The registered deal that this order closes.' })
  readonly dealRegistrationId?: string | null;

  @Field(() => Boolean, {
    description: 'Whether the customer has accepted the licence agreement. The licence waits until it has: see `confirmEndUserTerms`.',
  })
  readonly termsAccepted!: boolean;

  @Field(() => MarketplaceInput, { nullable: true, description: 'For cloud marketplaces.' })
  readonly marketplace?: MarketplaceInput | null;
}

@InputType({ description: 'Seats to add to a subscription that you sold.' })
export class AddPartnerSeatsInput extends MutationInput {
  @Field(() => String, { description: 'Your own reference of this order.' })
  readonly externalId!: string;

  @Field(() => String, { description: 'The subscription.' })
  readonly subscriptionName!: string;

  @Field(() => Int, { description: 'How many seats more.' })
  readonly quantity!: number;

  @Field(() => PurchaseOrderInput, { description: 'Your purchase order.' })
  readonly po!: PurchaseOrderInput;
}

@InputType({ description: 'A term to renew of a subscription that you sold.' })
export class RenewPartnerSubscriptionInput extends MutationInput {
  @Field(() => String, { description: 'Your own reference of this order.' })
  readonly externalId!: string;

  @Field(() => String, { description: 'The subscription.' })
  readonly subscriptionName!: string;

  @Field(() => Int, { nullable: true, description: 'How many seats from then on. Absent: as many as now.' })
  readonly quantity?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 12, description: 'How many months: 1 to 60.' })
  readonly termMonths?: number | null;

  @Field(() => PurchaseOrderInput, { description: 'Your purchase order.' })
  readonly po!: PurchaseOrderInput;
}

@InputType({ description: 'A subscription to end that you sold.' })
export class CancelPartnerSubscriptionInput extends MutationInput {
  @Field(() => String, { description: 'Your own reference of this order.' })
  readonly externalId!: string;

  @Field(() => String, { description: 'The subscription.' })
  readonly subscriptionName!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'True: at once, with everything given back, within 45 days of the purchase.',
  })
  readonly refund?: boolean | null;

  @Field(() => String, { description: 'Why.' })
  readonly reason!: string;
}

@InputType({ description: 'An order whose customer has accepted the licence agreement since.' })
export class ConfirmEndUserTermsInput extends MutationInput {
  @Field(() => String, { description: 'Your own reference of the order.' })
  readonly externalId!: string;
}

@InputType({ description: 'A deal to register.' })
export class RegisterDealInput extends MutationInput {
  @Field(() => EndCustomerInput, { description: 'The customer.' })
  readonly endCustomer!: EndCustomerInput;

  @Field(() => String, { description: 'The plan that you are selling.' })
  readonly sku!: string;

  @Field(() => Int, { description: 'How many seats.' })
  readonly seats!: number;

  @Field(() => PlainDateScalar, { description: 'When you expect to close it: within a year.' })
  readonly expectedCloseOn!: PlainDate;
}

@InputType({ description: 'A decision on a registered deal.' })
export class DecideDealRegistrationInput extends MutationInput {
  @Field(() => ID, { description: 'Which deal.' })
  readonly dealRegistrationId!: string;

  @Field(() => DealDecisionEnum, { description: 'How it is decided.' })
  readonly decision!: DealDecision;

  @Field(() => String, { nullable: true, description: 'Why; the partner reads it. Needed unless it is approved.' })
  readonly reason?: string | null;
}

@InputType({ description: 'A registered deal to extend.' })
export class ExtendDealRegistrationInput extends MutationInput {
  @Field(() => ID, { description: 'Which deal.' })
  readonly dealRegistrationId!: string;
}
