import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { issueLicense } from '../actions/issueLicense';
import { resendLicense } from '../actions/resendLicense';
import { revokeLicense } from '../actions/revokeLicense';
import { deliveryById } from '../store/deliveries';
import { licenseById } from '../store/licenses';
import type { LicensesContext } from './context';
import { IssueLicensePayload, ResendLicensePayload, RevokeLicensePayload } from './payloads';
import { IssueLicenseInput, ResendLicenseInput, RevokeLicenseInput } from './support-inputs';

@Resolver()
export class SupportResolver {
  @Mutation(() => IssueLicensePayload, {
    nullable: true,
    description: 'Issues a licence by hand, with a reason and a ticket. It stands until the subscription changes.',
  })
  async issueLicense(
    @Arg('input', () => IssueLicenseInput, { description: 'The licence.' }) input: IssueLicenseInput,
    @Ctx() ctx: LicensesContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const write = { operation: 'issueLicense', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(write, work => issueLicense(work, ctx.viewer, input, ctx.services.signer.sign));
    return answer(ctx, result, async ({ license }) => ({ license: isDryRun ? license : await ctx.load(licenseById, license.id) }));
  }

  @Mutation(() => RevokeLicensePayload, {
    nullable: true,
    description: 'Takes a licence back, with a reason and a ticket. Its instances stop with their next sync.',
  })
  async revokeLicense(
    @Arg('input', () => RevokeLicenseInput, { description: 'The licence.' }) input: RevokeLicenseInput,
    @Ctx() ctx: LicensesContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const write = { operation: 'revokeLicense', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(write, work => revokeLicense(work, ctx.viewer, input, ctx.services.signer.sign));
    return answer(ctx, result, async ({ license }) => ({ license: isDryRun ? license : await ctx.load(licenseById, license.id) }));
  }

  @Mutation(() => ResendLicensePayload, {
    nullable: true,
    description: 'Sends the newest licence to the Sold-To contact once more, with a reason.',
  })
  async resendLicense(
    @Arg('input', () => ResendLicenseInput, { description: 'The licence.' }) input: ResendLicenseInput,
    @Ctx() ctx: LicensesContext,
  ) {
    const isDryRun = input.dryRun ?? false;
    const write = { operation: 'resendLicense', key: input.idempotencyKey, request: input, isDryRun };
    const result = await ctx.write(write, work => resendLicense(work, ctx.viewer, input));
    return answer(ctx, result, async ({ delivery }) => ({ delivery: isDryRun ? delivery : await ctx.load(deliveryById, delivery.id) }));
  }
}
