import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Viewer } from '#kernel/auth/viewer';
import { answer } from '#kernel/graph/user-error';
import { refuse } from '#kernel/result';
import { activateInstance } from '../actions/activateInstance';
import { deactivateInstance } from '../actions/deactivateInstance';
import { instanceById } from '../store/instances';
import { licenseById } from '../store/licenses';
import type { LicensesContext } from './context';
import { ActivateInstanceInput, ReportSeatUsageInput } from './inputs';
import { ActivateInstancePayload, DeactivateInstancePayload, ReportSeatUsagePayload } from './payloads';
import { DeactivateInstanceInput } from './support-inputs';

@Resolver()
export class InstanceResolver {
  @Mutation(() => ActivateInstancePayload, {
    nullable: true,
    description: 'Exchanges an activation code for a signed licence. An instance that activates again gets the licence of today.',
  })
  async activateInstance(
    @Arg('input', () => ActivateInstanceInput, { description: 'The instance and its code.' }) input: ActivateInstanceInput,
    @Ctx() ctx: LicensesContext,
  ) {
    if (!speaksForItself(ctx.viewer, input)) return answer(ctx, notYours(), () => ({}));
    const write = { operation: 'activateInstance', key: input.idempotencyKey, request: input };
    const result = await ctx.write(write, work => activateInstance(work, input, ctx.services.signer.sign));
    return answer(ctx, result, async ({ licenseId, instanceId, futureSubscriptions }) => ({
      license: await ctx.load(licenseById, licenseId),
      instance: instanceId && (await ctx.load(instanceById, instanceId)),
      futureSubscriptions,
    }));
  }

  @Mutation(() => ReportSeatUsagePayload, {
    nullable: true,
    description: "Takes an instance's count of one day, and tells it what has changed. Sending a day again changes nothing.",
  })
  async reportSeatUsage(
    @Arg('input', () => ReportSeatUsageInput, { description: 'The count.' }) input: ReportSeatUsageInput,
    @Ctx() ctx: LicensesContext,
  ) {
    if (!speaksForItself(ctx.viewer, input)) return answer(ctx, notYours(), () => ({}));
    const queued = await ctx.services.syncs.ask({ request: input, correlationId: ctx.correlationId });
    if ('comeBackAfterSeconds' in queued) {
      const { comeBackAfterSeconds } = queued;
      return { ...(await answer(ctx, busy(comeBackAfterSeconds), () => ({}))), comeBackAfterSeconds };
    }
    return answer(ctx, queued.answer, async ({ newerLicenseId, ...rest }) => ({
      license: newerLicenseId && (await ctx.load(licenseById, newerLicenseId)),
      ...rest,
    }));
  }

  @Mutation(() => DeactivateInstancePayload, {
    nullable: true,
    description: 'Takes an instance off its code, so that another has room. By its owner, support or the instance itself.',
  })
  async deactivateInstance(
    @Arg('input', () => DeactivateInstanceInput, { description: 'The instance.' }) input: DeactivateInstanceInput,
    @Ctx() ctx: LicensesContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const write = { operation: 'deactivateInstance', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(write, work => deactivateInstance(work, ctx.viewer, input));
    return answer(ctx, result, async ({ instance }) => ({ instance: isDryRun ? instance : await ctx.load(instanceById, instance.id) }));
  }
}

const busy = (seconds: number) =>
  refuse('BUSY', `Too many instances report at this moment. Come back in ${seconds} seconds.`, { retryable: true });

const speaksForItself = ({ instanceIdentifier }: Viewer, { instanceId }: { readonly instanceId: string }): boolean =>
  instanceIdentifier !== null && instanceIdentifier === instanceId;

const notYours = () => refuse('NOT_PERMITTED', 'An instance speaks for itself only: its token names another.', { path: ['instanceId'] });
