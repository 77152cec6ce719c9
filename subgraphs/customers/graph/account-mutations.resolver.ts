import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import type { Result } from '#kernel/result';
import { acceptAgreement } from '../actions/acceptAgreement';
import { changeContact } from '../actions/changeContact';
import { createBillingAccount } from '../actions/createBillingAccount';
import { placeHold } from '../actions/placeHold';
import { releaseHold } from '../actions/releaseHold';
import { updateBillingAccount } from '../actions/updateBillingAccount';
import { type AccountState, accountById, accountStateOf, agreementById } from '../store/accounts';
import type { AgreementRow } from '../store/tables';
import {
  AcceptAgreementInput,
  ChangeContactInput,
  CreateBillingAccountInput,
  PlaceHoldInput,
  ReleaseHoldInput,
  UpdateBillingAccountInput,
} from './account.input';
import { accountSource } from './billing-account';
import { actingOf, type CustomersContext, named } from './context';
import { mutate } from './mutate';
import {
  AcceptAgreementPayload,
  ChangeContactPayload,
  CreateBillingAccountPayload,
  PlaceHoldPayload,
  ReleaseHoldPayload,
  UpdateBillingAccountPayload,
} from './payloads';

@Resolver()
export class AccountMutationsResolver {
  @Mutation(() => CreateBillingAccountPayload, { nullable: true, description: 'Opens a billing account.' })
  async createBillingAccount(
    @Arg('input', () => CreateBillingAccountInput, { description: 'The account.' }) input: CreateBillingAccountInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const request = { ...input, organizationId: named('organization', input.organizationId) };
    const result = await mutate(ctx, input, remembered(ctx, 'createBillingAccount'), work => createBillingAccount(work, request));
    return accountAnswer(ctx, result);
  }

  @Mutation(() => UpdateBillingAccountPayload, { nullable: true, description: 'Changes the terms of a billing account.' })
  async updateBillingAccount(
    @Arg('input', () => UpdateBillingAccountInput, { description: 'The change.' }) input: UpdateBillingAccountInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ ...input, billingAccountId: named('account', input.billingAccountId) }, await actingOf(ctx)];
    const result = await mutate(ctx, input, remembered(ctx, 'updateBillingAccount'), work => updateBillingAccount(work, request, by));
    return accountAnswer(ctx, result);
  }

  @Mutation(() => ChangeContactPayload, {
    nullable: true,
    description: 'Changes who is Bill-To or Sold-To. A new country of Bill-To may change which of our companies sells.',
  })
  async changeContact(
    @Arg('input', () => ChangeContactInput, { description: 'The change.' }) input: ChangeContactInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ ...input, billingAccountId: named('account', input.billingAccountId) }, await actingOf(ctx)];
    const result = await mutate(ctx, input, remembered(ctx, 'changeContact'), work => changeContact(work, request, by));
    return accountAnswer(ctx, result);
  }

  @Mutation(() => PlaceHoldPayload, { nullable: true, description: 'Places an account on hold.' })
  async placeHold(@Arg('input', () => PlaceHoldInput, { description: 'The hold.' }) input: PlaceHoldInput, @Ctx() ctx: CustomersContext) {
    const request = { ...input, billingAccountId: named('account', input.billingAccountId) };
    const result = await mutate(ctx, input, remembered(ctx, 'placeHold'), work => placeHold(work, request));
    return accountAnswer(ctx, result);
  }

  @Mutation(() => ReleaseHoldPayload, { nullable: true, description: 'Lifts a hold from an account.' })
  async releaseHold(
    @Arg('input', () => ReleaseHoldInput, { description: 'The hold.' }) input: ReleaseHoldInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const request = { ...input, billingAccountId: named('account', input.billingAccountId) };
    const result = await mutate(ctx, input, remembered(ctx, 'releaseHold'), work => releaseHold(work, request));
    return accountAnswer(ctx, result);
  }

  @Mutation(() => AcceptAgreementPayload, { nullable: true, description: 'Accepts a version of an agreement for an account.' })
  async acceptAgreement(
    @Arg('input', () => AcceptAgreementInput, { description: 'What is accepted.' }) input: AcceptAgreementInput,
    @Ctx() ctx: CustomersContext,
  ) {
    const [request, by] = [{ ...input, billingAccountId: named('account', input.billingAccountId) }, await actingOf(ctx)];
    const kept = {
      name: 'acceptAgreement',
      idOf: (agreement: AgreementRow) => agreement.id,
      find: (id: string) => ctx.load(agreementById, named('agreement', id)),
    };
    const result = await mutate(ctx, input, kept, work => acceptAgreement(work, request, by));
    return answer(ctx, result, agreement => ({ agreement }));
  }
}

const remembered = (ctx: CustomersContext, name: string) => ({
  name,
  idOf: (state: AccountState) => state.account.id,
  find: async (id: string) => {
    const account = await ctx.load(accountById, named('account', id));
    return account && accountStateOf(ctx.db, account);
  },
});

const accountAnswer = (ctx: CustomersContext, result: Result<AccountState | null>) =>
  answer(ctx, result, state => ({ billingAccount: state && accountSource(state) }));
