import { Field, ID, InputType, Int } from 'type-graphql';
import { AddressInput } from '#kernel/graph/address';
import { MutationInput } from '#kernel/graph/mutation-input';
import { CurrencyCode, EmailAddress } from '#kernel/graph/scalars';
import type { AccountChannel, Segment } from '../domain/account';
import type { AgreementKind } from '../domain/agreement';
import type { ContactEntry, ContactRole } from '../domain/contact';
import type { HoldKind } from '../domain/hold';
import { AccountChannelEnum, AgreementKindEnum, ContactRoleEnum, HoldKindEnum, SegmentEnum } from './enums';

const IF_VERSION = 'The version you read. Refused with `VERSION_CHANGED` when it has changed since. Absent: not checked.';

@InputType({ description: 'A person and where to find it.' })
export class ContactInput implements ContactEntry {
  @Field(() => String, { description: "The person's name." })
  readonly name!: string;

  @Field(() => EmailAddress, { description: 'Where mail goes.' })
  readonly email!: string;

  @Field(() => AddressInput, { description: 'Where letters go.' })
  readonly address!: AddressInput;
}

@InputType({ description: 'The first member of a new account.' })
export class OwnerInput {
  @Field(() => EmailAddress, { description: 'The address the person signs in with.' })
  readonly email!: string;

  @Field(() => String, { description: "The person's name." })
  readonly name!: string;
}

@InputType({ description: 'A new company.' })
export class CreateOrganizationInput extends MutationInput {
  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => ID, { nullable: true, description: 'The company it belongs to.' })
  readonly parentId?: string | null;
}

@InputType({ description: 'A change of a company. What is absent stays as it is.' })
export class UpdateOrganizationInput extends MutationInput {
  @Field(() => ID, { description: 'Which company.' })
  readonly organizationId!: string;

  @Field(() => Int, { nullable: true, description: IF_VERSION })
  readonly ifVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'Its new name.' })
  readonly name?: string | null;

  @Field(() => ID, { nullable: true, description: 'The company it belongs to from now on. Null: to none.' })
  readonly parentId?: string | null;
}

@InputType({ description: 'A new billing account.' })
export class CreateBillingAccountInput extends MutationInput {
  @Field(() => ID, { description: 'The company that pays.' })
  readonly organizationId!: string;

  @Field(() => String, { description: 'Its name, as it stands on invoices.' })
  readonly name!: string;

  @Field(() => CurrencyCode, { description: 'The currency it pays in, for good.' })
  readonly currency!: string;

  @Field(() => AccountChannelEnum, { defaultValue: AccountChannelEnum.SALES_ASSISTED, description: 'How it came to be.' })
  readonly channel!: AccountChannel;

  @Field(() => SegmentEnum, { nullable: true, description: 'What kind of customer it is. Absent: commercial.' })
  readonly segment?: Segment | null;

  @Field(() => Int, { nullable: true, description: 'Days from invoice to due date. Absent: 30.' })
  readonly paymentTermsDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether renewals are charged to a card by themselves. Absent: no.' })
  readonly isAutoPay?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether no tax is charged. Absent: tax is charged.' })
  readonly isTaxExempt?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The VAT id, with its country: `DE136695976`.' })
  readonly vatId?: string | null;

  @Field(() => ContactInput, { description: 'Who receives invoices.' })
  readonly billTo!: ContactInput;

  @Field(() => ContactInput, { nullable: true, description: 'Who receives licences. Absent: the same person.' })
  readonly soldTo?: ContactInput | null;

  @Field(() => OwnerInput, { nullable: true, description: 'Who signs in first, as owner.' })
  readonly owner?: OwnerInput | null;
}

@InputType({ description: 'A change of a billing account. What is absent stays as it is.' })
export class UpdateBillingAccountInput extends MutationInput {
  @Field(() => ID, { description: 'Which account.' })
  readonly billingAccountId!: string;

  @Field(() => Int, { nullable: true, description: IF_VERSION })
  readonly ifVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'Its new name.' })
  readonly name?: string | null;

  @Field(() => SegmentEnum, { nullable: true, description: 'What kind of customer it is. Granted by our staff.' })
  readonly segment?: Segment | null;

  @Field(() => Int, { nullable: true, description: 'Days from invoice to due date. Granted by our staff.' })
  readonly paymentTermsDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether renewals are charged to a card by themselves.' })
  readonly isAutoPay?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether no tax is charged. Granted by our staff.' })
  readonly isTaxExempt?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The VAT id. Null takes it away.' })
  readonly vatId?: string | null;
}

@InputType({ description: 'A new person, or new data of the same person, in a role.' })
export class ChangeContactInput extends MutationInput {
  @Field(() => ID, { description: 'Which account.' })
  readonly billingAccountId!: string;

  @Field(() => Int, { nullable: true, description: IF_VERSION })
  readonly ifVersion?: number | null;

  @Field(() => ContactRoleEnum, { description: 'Which role.' })
  readonly role!: ContactRole;

  @Field(() => ContactInput, { description: 'Who holds it from now on.' })
  readonly contact!: ContactInput;
}

@InputType({ description: 'A hold to place.' })
export class PlaceHoldInput extends MutationInput {
  @Field(() => ID, { description: 'Which account.' })
  readonly billingAccountId!: string;

  @Field(() => HoldKindEnum, { description: 'What is required or withheld.' })
  readonly kind!: HoldKind;

  @Field(() => String, { description: 'Why; kept in the audit trail.' })
  readonly reason!: string;
}

@InputType({ description: 'A hold to lift.' })
export class ReleaseHoldInput extends PlaceHoldInput {}

@InputType({ description: 'A version of an agreement to accept.' })
export class AcceptAgreementInput extends MutationInput {
  @Field(() => ID, { description: 'For which account.' })
  readonly billingAccountId!: string;

  @Field(() => AgreementKindEnum, { description: 'Which document.' })
  readonly kind!: AgreementKind;

  @Field(() => String, { description: 'Which version of it: `2026-01`.' })
  readonly version!: string;
}
