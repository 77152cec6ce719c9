import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { INSTANCES_MAX, instanceCountByActivation, instancesByActivation } from '../store/instances';
import type { ActivationRow, InstanceRow } from '../store/tables';
import { firstOf } from './bounds';
import { CloudActivation, Instance } from './cloud-activation';
import type { LicensesContext } from './context';
import { canSeeCodes } from './visibility';

@Resolver(() => CloudActivation)
export class CloudActivationResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The 24 letters and digits that activate an instance. Only for the owner and support: keep it secret.',
  })
  code(@Root() activation: ActivationRow, @Ctx() { viewer }: LicensesContext): string | null {
    return canSeeCodes(viewer, activation.accountId) ? activation.code : null;
  }

  @FieldResolver(() => Int, { description: 'How many instances are active under the code.' })
  async instancesActivated(@Root() activation: ActivationRow, @Ctx() ctx: LicensesContext): Promise<number> {
    return (await ctx.load(instanceCountByActivation, activation.id))?.activated ?? 0;
  }

  @FieldResolver(() => [Instance], {
    description: 'The instances activated with the code, the newest first; those that were deactivated too.',
  })
  async instances(
    @Root() activation: ActivationRow,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many to answer: 1 to 100.' }) first: number,
    @Ctx() ctx: LicensesContext,
  ): Promise<readonly InstanceRow[]> {
    return firstOf(await ctx.load(instancesByActivation, activation.id), 'first', first, INSTANCES_MAX);
  }
}
