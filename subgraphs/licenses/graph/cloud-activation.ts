import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '#kernel/graph/scalars';
import type { Id } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { DeactivationCause } from '../domain/instance';
import type { ActivationRow, InstanceRow } from '../store/tables';
import { DeactivationCauseEnum } from './license-enums';

@Publishes<InstanceRow>()
@ObjectType({ simpleResolvers: true, description: "A customer's own installation of the product." })
export class Instance {
  @always(() => ID, { description: 'The id of the instance.' })
  readonly id!: Id<'instance'>;

  @always(() => String, { description: 'The host it runs on, as it last said.' })
  readonly hostname!: string;

  @always(() => String, { description: 'The version it runs, as it last said.' })
  readonly version!: string;

  @always(() => DateTime, { description: 'When it was first activated.' })
  readonly activatedAt!: Date;

  @sometimes(() => DateTime, { description: 'When it last reported its seats.' })
  readonly lastSyncAt!: Date | null;

  @sometimes(() => DateTime, { description: 'When it was deactivated. Null while it is active.' })
  readonly deactivatedAt!: Date | null;

  @sometimes(() => DeactivationCauseEnum, { description: 'Who deactivated it. Null while it is active.' })
  readonly deactivationCause!: DeactivationCause | null;
}

@Publishes<ActivationRow>()
@ObjectType({ simpleResolvers: true, description: "A self-managed subscription's code, and the instances activated with it." })
export class CloudActivation {
  @Field(() => DateTime, { description: 'When the code was made.' })
  readonly createdAt!: Date;
}
