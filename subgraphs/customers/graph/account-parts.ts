import { Field, ID, ObjectType } from 'type-graphql';
import { Address } from '#kernel/graph/address';
import { connectionType } from '#kernel/graph/connection';
import { Computed } from '#kernel/graph/plain-resolver';
import { DateTime, EmailAddress } from '#kernel/graph/scalars';
import type { AgreementId, ContactId, Id } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant } from '#kernel/time';
import type { AgreementKind } from '../domain/agreement';
import type { AuditAction } from '../domain/audit';
import type { ContactRole } from '../domain/contact';
import type { HoldKind } from '../domain/hold';
import type { AgreementRow, AuditRow, ContactRow, HoldRow } from '../store/tables';
import { AgreementKindEnum, AuditActionEnum, ContactRoleEnum, HoldKindEnum } from './enums';

@ObjectType({ simpleResolvers: true, description: 'A person in a role that each account has exactly once. One person may hold both.' })
export class Contact {
  @Field(() => ID, { description: 'Its id.' })
  readonly id!: ContactId;

  @Field(() => ContactRoleEnum, { description: 'What the person is there for.' })
  readonly role!: ContactRole;

  @Field(() => String, { description: "The person's name." })
  readonly name!: string;

  @Field(() => EmailAddress, { description: 'Where mail goes.' })
  readonly email!: string;

  @Computed<ContactRow>(contact => contact)
  @Field(() => Address, { description: 'Where letters go. The country of Bill-To decides who sells.' })
  readonly address!: Address;
}

@Publishes<HoldRow>()
@ObjectType({ simpleResolvers: true, description: 'Something that stops or slows buying on an account.' })
export class Hold {
  @always(() => HoldKindEnum, { description: 'What is required or withheld.' })
  readonly kind!: HoldKind;

  @always(() => DateTime, { description: 'Since when.' })
  readonly since!: Instant;
}

@Publishes<AgreementRow>()
@ObjectType({ simpleResolvers: true, description: 'A version of an agreement that the account has accepted.' })
export class Agreement {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: AgreementId;

  @always(() => AgreementKindEnum, { description: 'Which document.' })
  readonly kind!: AgreementKind;

  @always(() => String, { description: 'Which version of it: `2026-01`.' })
  readonly version!: string;

  @always(() => DateTime, { description: 'When it was accepted.' })
  readonly acceptedAt!: Instant;

  @always(() => String, { description: 'Who accepted it: the id of a user or of one of our systems.' })
  readonly acceptedBy!: string;
}

@Publishes<AuditRow>()
@ObjectType({ simpleResolvers: true, description: 'Something that somebody did. It is never changed and never goes away.' })
export class AuditEvent {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: Id<'audit'>;

  @always(() => DateTime, { description: 'When.' })
  readonly at!: Instant;

  @always(() => String, { description: 'Who: the id of a user, a colleague or one of our systems.' })
  readonly actor!: string;

  @always(() => AuditActionEnum, { description: 'What was done.' })
  readonly action!: AuditAction;

  @always(() => ID, { description: 'The id of what it was done to.' })
  readonly subject!: string;

  @sometimes(() => String, { description: 'Why, where a reason is asked for.' })
  readonly reason!: string | null;

  @always(() => [String], { description: 'The names of what changed. Values are not kept here.' })
  readonly fields!: string[];
}

export const AuditEventConnection = connectionType(AuditEvent, 'AuditEvent');
