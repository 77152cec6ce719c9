import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '#kernel/graph/mutation-input';
import { OLD_SECRET_HOURS_DEFAULT } from '../domain/client';
import type { PartnerKind, PartnerTrack } from '../domain/partner';
import type { Region } from '../domain/relationship';
import { PartnerKindEnum, PartnerRegionEnum, PartnerTrackEnum } from './partner';

const IF_VERSION = 'The version you read. Refused with `VERSION_CHANGED` when it has changed since. Absent: not checked.';

@InputType({ description: 'A new partner.' })
export class CreatePartnerInput extends MutationInput {
  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => PartnerKindEnum, { description: 'What it does for us, for good.' })
  readonly kind!: PartnerKind;

  @Field(() => PartnerTrackEnum, { description: 'How close we work together.' })
  readonly track!: PartnerTrack;
}

@InputType({ description: 'A change of a partner. What is absent stays as it is.' })
export class UpdatePartnerInput extends MutationInput {
  @Field(() => ID, { description: 'Which partner.' })
  readonly partnerId!: string;

  @Field(() => Int, { nullable: true, description: IF_VERSION })
  readonly ifVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'Its new name.' })
  readonly name?: string | null;

  @Field(() => PartnerTrackEnum, { nullable: true, description: 'How close we work together from now on.' })
  readonly track?: PartnerTrack | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether we go on working together.' })
  readonly isActive?: boolean | null;
}

@InputType({ description: 'A reseller that is to buy through a distributor.' })
export class CreateRelationshipInput extends MutationInput {
  @Field(() => ID, { description: 'The distributor.' })
  readonly distributorId!: string;

  @Field(() => ID, { description: 'The reseller, or managed service provider.' })
  readonly resellerId!: string;

  @Field(() => PartnerRegionEnum, { description: 'Where.' })
  readonly region!: Region;
}

@InputType({ description: 'A relationship to end.' })
export class EndRelationshipInput extends MutationInput {
  @Field(() => ID, { description: 'Which relationship.' })
  readonly relationshipId!: string;

  @Field(() => Int, { nullable: true, description: IF_VERSION })
  readonly ifVersion?: number | null;
}

@InputType({ description: 'A new system of a partner.' })
export class CreatePartnerClientInput extends MutationInput {
  @Field(() => ID, { description: 'Whose it is.' })
  readonly partnerId!: string;

  @Field(() => String, { description: 'What people call it.' })
  readonly name!: string;

  @Field(() => [String], { description: 'What it may do: `marketplace.order:create`.' })
  readonly scopes!: string[];

  @Field(() => [String], { nullable: true, description: 'From where it may be used: `203.0.113.0/24`. Empty or absent: from anywhere.' })
  readonly allowedNetworks?: string[] | null;
}

@InputType({ description: 'A client to be used from certain networks alone.' })
export class RestrictPartnerClientInput extends MutationInput {
  @Field(() => ID, { description: 'Which client.' })
  readonly clientId!: string;

  @Field(() => [String], { description: 'From where it may be used: `203.0.113.0/24`, at most 50. Empty: from anywhere.' })
  readonly allowedNetworks!: string[];
}

@InputType({ description: 'A secret to replace.' })
export class RotatePartnerClientSecretInput extends MutationInput {
  @Field(() => ID, { description: 'Which client.' })
  readonly clientId!: string;

  @Field(() => Int, {
    nullable: true,
    defaultValue: OLD_SECRET_HOURS_DEFAULT,
    description: 'How many hours the replaced secret lives on: 0 to 168. Any older one ends at once.',
  })
  readonly oldSecretValidHours?: number | null;
}

@InputType({ description: 'A client to revoke, for good.' })
export class RevokePartnerClientInput extends MutationInput {
  @Field(() => ID, { description: 'Which client.' })
  readonly clientId!: string;
}
