import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import { answer } from '#kernel/graph/user-error';
import { setMarginSchedule } from '../actions/setMarginSchedule';
import { signPartnerAgreement } from '../actions/signPartnerAgreement';
import { agreementById, scheduleById, schedulesAfter } from '../store/program';
import type { AgreementRow, ScheduleRow } from '../store/tables';
import { named, type PartnersContext } from './context';
import { mutate } from './mutate';
import { SetMarginSchedulePayload, SignPartnerAgreementPayload } from './payloads';
import { MarginScheduleConnection, SetMarginScheduleInput, SignPartnerAgreementInput } from './program';

@Resolver()
export class ProgramResolver {
  @Query(() => MarginScheduleConnection, { nullable: true, description: 'Margins that were ever agreed, the first first. For us alone.' })
  marginSchedules(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: PartnersContext) {
    return connectionOf(args, {
      key: idKey('marginSchedule'),
      cursorOf: (row: ScheduleRow) => row.id,
      rows: (limit, after) => schedulesAfter(ctx.db, limit, after),
    });
  }

  @Mutation(() => SignPartnerAgreementPayload, {
    nullable: true,
    description: 'Agrees with a partner on how it buys, and opens its account.',
  })
  async signPartnerAgreement(
    @Arg('input', () => SignPartnerAgreementInput, { description: 'The agreement.' }) input: SignPartnerAgreementInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { ...input, partnerId: named('partner', input.partnerId), paymentTermsDays: input.paymentTermsDays ?? 30 };
    const kept = {
      name: 'signPartnerAgreement',
      idOf: (row: AgreementRow) => row.id,
      find: (id: string) => ctx.load(agreementById, named('partnerAgreement', id)),
    };
    const result = await mutate(ctx, input, kept, work => signPartnerAgreement(work, request));
    return answer(ctx, result, agreement => ({ agreement }));
  }

  @Mutation(() => SetMarginSchedulePayload, { nullable: true, description: 'Sets what each party of a chain keeps, from a day on.' })
  async setMarginSchedule(
    @Arg('input', () => SetMarginScheduleInput, { description: 'The margins.' }) input: SetMarginScheduleInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { ...input, sku: input.sku ?? null, customerBasisPoints: input.customerBasisPoints ?? 0 };
    const kept = {
      name: 'setMarginSchedule',
      idOf: (row: ScheduleRow) => row.id,
      find: (id: string) => ctx.load(scheduleById, named('marginSchedule', id)),
    };
    const result = await mutate(ctx, input, kept, work => setMarginSchedule(work, request));
    return answer(ctx, result, marginSchedule => ({ marginSchedule }));
  }
}
