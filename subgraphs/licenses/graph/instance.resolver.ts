import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Viewer } from '#kernel/auth/viewer';
import { answer } from '#kernel/graph/user-error';
import { refuse } from '#kernel/result';
import { activateInstance } from '../actions/activateInstance';
import { reportSeatUsage } from '../actions/reportSeatUsage';
import { licenseById } from '../store/licenses';
import type { LicensesContext } from './context';
import { ActivateInstanceInput, ReportSeatUsageInput } from './inputs';
import { ActivateInstancePayload, ReportSeatUsagePayload } from './payloads';

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
    return answer(ctx, result, async ({ licenseId, futureSubscriptions }) => ({
      license: await ctx.load(licenseById, licenseId),
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
    const write = { operation: 'reportSeatUsage', key: null, request: input };
    const result = await ctx.write(write, work => reportSeatUsage(work, input, ctx.services.signer.sign));
    return answer(ctx, result, async ({ newerLicenseId, ...rest }) => ({
      license: newerLicenseId && (await ctx.load(licenseById, newerLicenseId)),
      ...rest,
    }));
  }
}

const speaksForItself = ({ instanceIdentifier }: Viewer, { instanceId }: { readonly instanceId: string }): boolean =>
  instanceIdentifier !== null && instanceIdentifier === instanceId;

const notYours = () => refuse('NOT_PERMITTED', 'An instance speaks for itself only: its token names another.', { path: ['instanceId'] });
