import { Directive, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '#kernel/graph/node';
import { DateTime, EmailAddress } from '#kernel/graph/scalars';
import type { InvitationId, MembershipId, UserId } from '#kernel/ids';
import { always, Publishes } from '#kernel/published';
import type { Instant } from '#kernel/time';
import type { MemberRole } from '../domain/membership';
import type { InvitationRow, MembershipRow, UserRow } from '../store/tables';
import { MemberRoleEnum } from './enums';

/** A membership as its fields read it; the person stands beside it where a write has just decided on both. */
export type MembershipSource = MembershipRow & { readonly decidedUser?: UserRow };

@Publishes<UserRow>()
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, implements: Node, description: 'A person who signs in. One login, many billing accounts.' })
export class User {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: UserId;

  @always(() => EmailAddress, { description: 'The address the person signs in with.' })
  readonly email!: string;

  @always(() => String, { description: "The person's name." })
  readonly name!: string;

  @always(() => DateTime, { description: 'When the person became known to us.' })
  readonly createdAt!: Instant;
}

@Publishes<MembershipRow>()
@ObjectType({ simpleResolvers: true, description: 'What a person may do in a billing account.' })
export class Membership {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: MembershipId;

  @always(() => MemberRoleEnum, { description: 'What the person may do.' })
  readonly role!: MemberRole;

  @always(() => Boolean, { description: 'False when the person has left.' })
  readonly isActive!: boolean;

  @always(() => Int, { description: 'Grows with each change; send it as `ifVersion`.' })
  readonly version!: number;

  @always(() => DateTime, { description: 'When the person first joined.' })
  readonly createdAt!: Instant;
}

@Publishes<InvitationRow>()
@ObjectType({ simpleResolvers: true, description: 'An open offer to join a billing account. It lives seven days.' })
export class Invitation {
  @always(() => ID, { description: 'Its id; who accepts it sends it.' })
  readonly id!: InvitationId;

  @always(() => EmailAddress, { description: 'The address it is made to. Only who signs in with it may accept.' })
  readonly email!: string;

  @always(() => MemberRoleEnum, { description: 'What the person will be allowed to do.' })
  readonly role!: MemberRole;

  @always(() => DateTime, { description: 'The moment from which it can no longer be accepted.' })
  readonly expiresAt!: Instant;
}
