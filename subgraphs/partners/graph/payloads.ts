import { type ClassType, Field, ObjectType } from 'type-graphql';
import { userErrorType } from '#kernel/graph/user-error';
import { Partner, PartnerClient, Relationship } from './partner';

const { Payload } = userErrorType({
  CLIENTS_LIMIT_REACHED: 'The partner has as many clients as it can have.',
  CLIENT_NOT_FOUND: 'There is no such client.',
  NAME_INVALID: 'The name is empty, too long or holds invisible characters.',
  OVERLAP_INVALID: 'The old secret cannot live on for so long.',
  PARTNER_INACTIVE: 'We do not work with this partner any more.',
  PARTNER_KIND_MISMATCH: 'A partner of this kind does not have this part in a relationship.',
  PARTNER_NOT_FOUND: 'There is no such partner.',
  RELATIONSHIP_EXISTS: 'The two work together in this region already.',
  RELATIONSHIP_NOT_FOUND: 'There is no such relationship.',
  SCOPE_UNKNOWN: 'There is no such scope, or none was given.',
});

/** A payload that answers one thing, under one name. */
function payload(mutation: string, field: string, answers: ClassType, description: string): ClassType<object> {
  @ObjectType(`${mutation}Payload`, { simpleResolvers: true, description: `What came of ${description}.` })
  class One extends Payload {}
  Field(() => answers, { nullable: true, description: 'What it is now. Null when the request was declined.' })(One.prototype, field);
  return One;
}

/** A payload that also shows a secret, once. */
function secretPayload(mutation: string, description: string): ClassType<object> {
  const One = payload(mutation, 'client', PartnerClient, description);
  Field(() => String, {
    nullable: true,
    description:
      'The secret, sent as `client_secret` for a token. Shown in the first answer only: not in a dry run, nor when the request is repeated.',
  })(One.prototype, 'secret');
  return One;
}

export const CreatePartnerPayload = payload('CreatePartner', 'partner', Partner, 'creating a partner');
export const UpdatePartnerPayload = payload('UpdatePartner', 'partner', Partner, 'changing a partner');
export const CreateRelationshipPayload = payload(
  'CreateRelationship',
  'relationship',
  Relationship,
  'relating a reseller to a distributor',
);
export const EndRelationshipPayload = payload('EndRelationship', 'relationship', Relationship, 'ending a relationship');
export const CreatePartnerClientPayload = secretPayload('CreatePartnerClient', 'setting up a client');
export const RotatePartnerClientSecretPayload = secretPayload('RotatePartnerClientSecret', 'rotating a secret');
export const RevokePartnerClientPayload = payload('RevokePartnerClient', 'client', PartnerClient, 'revoking a client');
