import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { Node } from '#kernel/graph/node';
import { Computed } from '#kernel/graph/plain-resolver';
import { DateTime } from '#kernel/graph/scalars';
import type { Id, PartnerId } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant } from '#kernel/time';
import type { PartnerScope } from '../domain/client';
import { buysDirectly, PARTNER_KINDS, PARTNER_TRACKS, type PartnerKind, type PartnerTrack } from '../domain/partner';
import { REGIONS, type Region } from '../domain/relationship';
import type { ClientRow, PartnerRow, RelationshipRow } from '../store/tables';

export const PartnerKindEnum = enumOf('PartnerKind', PARTNER_KINDS, {
  DISTRIBUTOR: 'Buys from us and sells to resellers.',
  RESELLER: 'Sells to customers.',
  MSP: 'Runs the software for customers, as a managed service.',
  REFERRAL: 'Brings customers who buy from us.',
  CLOUD_MARKETPLACE: 'The marketplace of a cloud provider.',
});

export const PartnerTrackEnum = enumOf('PartnerTrack', PARTNER_TRACKS, {
  OPEN: 'Open to all. Buys through a distributor.',
  SELECT: 'By invitation. May buy directly.',
  TECHNOLOGY: 'Builds on or beside our product.',
});

export const PartnerRegionEnum = enumOf('PartnerRegion', REGIONS, {
  AMER: 'The Americas.',
  EMEA: 'Europe, the Middle East and Africa.',
  APAC: 'Asia and the Pacific.',
});

@Publishes<PartnerRow & { readonly canBuyDirectly: boolean }>()
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, implements: Node, description: 'A company that sells our products, or helps to.' })
export class Partner {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: PartnerId;

  @always(() => String, { description: 'Its name.' })
  readonly name!: string;

  @always(() => PartnerKindEnum, { description: 'What it does for us.' })
  readonly kind!: PartnerKind;

  @always(() => PartnerTrackEnum, { description: 'How close we work together.' })
  readonly track!: PartnerTrack;

  @always(() => Boolean, { description: 'Whether we work together at present. Systems of an inactive partner get no token.' })
  readonly isActive!: boolean;

  @Computed<PartnerRow>(buysDirectly)
  @Field(() => Boolean, { description: 'Whether it may buy from us without a distributor.' })
  readonly canBuyDirectly!: boolean;

  @always(() => Int, { description: 'Grows with each change; send it as `ifVersion`.' })
  readonly version!: number;

  @always(() => DateTime, { description: 'When it became a partner.' })
  readonly createdAt!: Instant;
}

@Publishes<RelationshipRow>()
@ObjectType({ simpleResolvers: true, description: 'A reseller buys through a distributor in a region.' })
export class Relationship {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: Id<'relationship'>;

  @always(() => PartnerRegionEnum, { description: 'Where.' })
  readonly region!: Region;

  @always(() => Boolean, { description: 'False when it has ended.' })
  readonly isActive!: boolean;

  @always(() => Int, { description: 'Grows with each change; send it as `ifVersion`.' })
  readonly version!: number;

  @always(() => DateTime, { description: 'When it first began.' })
  readonly createdAt!: Instant;
}

@Publishes<ClientRow>()
@ObjectType({ simpleResolvers: true, description: 'A system of a partner that signs in with its id and a secret.' })
export class PartnerClient {
  @always(() => ID, { description: 'Its id, sent as `client_id` for a token.' })
  readonly id!: Id<'partnerClient'>;

  @always(() => String, { description: 'What people call it.' })
  readonly name!: string;

  @always(() => [String], { description: 'What it may do: `marketplace.order:create`.' })
  readonly scopes!: PartnerScope[];

  @always(() => [String], { description: 'From where it may be used: `203.0.113.0/24`. Empty: from anywhere.' })
  readonly allowedNetworks!: string[];

  @always(() => DateTime, { description: 'When it was set up.' })
  readonly createdAt!: Instant;

  @sometimes(() => DateTime, { description: 'When it last asked for a token, to the minute. Null: never.' })
  readonly lastUsedAt!: Instant | null;

  @sometimes(() => DateTime, { description: 'When it was revoked, for good.' })
  readonly revokedAt!: Instant | null;
}

export const PartnerConnection = connectionType(Partner, 'Partner');
export const RelationshipConnection = connectionType(Relationship, 'Relationship');
