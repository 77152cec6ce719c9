import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '#kernel/graph/mutation-input';
import { EmailAddress } from '#kernel/graph/scalars';
import type { MemberRole } from '../domain/membership';
import { MemberRoleEnum } from './enums';

const IF_VERSION = 'The version you read. Refused with `VERSION_CHANGED` when it has changed since. Absent: not checked.';

@InputType({ description: 'Somebody to invite.' })
export class InviteMemberInput extends MutationInput {
  @Field(() => ID, { description: 'To which account.' })
  readonly billingAccountId!: string;

  @Field(() => EmailAddress, { description: 'The address the person signs in with.' })
  readonly email!: string;

  @Field(() => MemberRoleEnum, { description: 'What the person will be allowed to do.' })
  readonly role!: MemberRole;
}

@InputType({ description: 'Somebody to add at once, by our staff.' })
export class AddMemberInput extends InviteMemberInput {
  @Field(() => String, { description: "The person's name, kept when we do not know it yet." })
  readonly name!: string;
}

@InputType({ description: "A change of a member's role." })
export class ChangeMemberRoleInput extends MutationInput {
  @Field(() => ID, { description: 'Which membership.' })
  readonly membershipId!: string;

  @Field(() => Int, { nullable: true, description: IF_VERSION })
  readonly ifVersion?: number | null;

  @Field(() => MemberRoleEnum, { description: 'What the person may do from now on.' })
  readonly role!: MemberRole;
}

@InputType({ description: 'A member to remove, or oneself.' })
export class RemoveMemberInput extends MutationInput {
  @Field(() => ID, { description: 'Which membership.' })
  readonly membershipId!: string;

  @Field(() => Int, { nullable: true, description: IF_VERSION })
  readonly ifVersion?: number | null;
}

@InputType({ description: 'An invitation to take back.' })
export class RevokeInvitationInput extends MutationInput {
  @Field(() => ID, { description: 'Which invitation.' })
  readonly invitationId!: string;
}

@InputType({ description: 'An invitation to accept, by the person it is made to.' })
export class AcceptInvitationInput extends MutationInput {
  @Field(() => ID, { description: 'Which invitation.' })
  readonly invitationId!: string;

  @Field(() => String, { description: 'Your name, kept when we do not know it yet.' })
  readonly name!: string;
}
