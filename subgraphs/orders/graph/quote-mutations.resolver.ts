import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { answer } from '#kernel/graph/user-error';
import { createQuote } from '../actions/createQuote';
import { makePrimary } from '../actions/makePrimary';
import { requestApproval } from '../actions/requestApproval';
import { reviewQuote } from '../actions/reviewQuote';
import { sendQuote } from '../actions/sendQuote';
import { setApprovalRule } from '../actions/setApprovalRule';
import { submitQuote } from '../actions/submitQuote';
import { updateQuote } from '../actions/updateQuote';
import { orderById } from '../store/orders';
import { onceAnnounced } from './arrival';
import type { OrdersContext } from './context';
import {
  CreateQuoteInput,
  MakePrimaryInput,
  RequestApprovalInput,
  ReviewQuoteInput,
  SendQuoteInput,
  SetApprovalRuleInput,
  SubmitQuoteInput,
  UpdateQuoteInput,
} from './quote-inputs';
import {
  CreateQuotePayload,
  MakePrimaryPayload,
  RequestApprovalPayload,
  ReviewQuotePayload,
  SendQuotePayload,
  SetApprovalRulePayload,
  SubmitQuotePayload,
  UpdateQuotePayload,
} from './quote-payloads';
import { quoteChangeFrom, quoteFrom, ruleFrom } from './quote-requests';
import { buyingOf } from './requests';
import { type OrderSource, sourceOf } from './write-order';
import { writeQuote } from './write-quote';

@Resolver()
export class QuoteMutationsResolver {
  @Mutation(() => CreateQuotePayload, { nullable: true, description: 'Makes an offer, priced by the rules by which it will be ordered.' })
  async createQuote(
    @Arg('input', () => CreateQuoteInput, { description: 'What is offered, and to whom.' }) input: CreateQuoteInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<CreateQuotePayload> {
    const offer = quoteFrom(input);
    const result = await onceAnnounced(ctx, input.billingAccountId, () =>
      writeQuote(ctx, 'createQuote', input, async work => (offer.ok ? createQuote(work, offer.value, buyingOf(ctx)) : offer)),
    );
    return answer(ctx, result, quote => ({ quote }));
  }

  @Mutation(() => UpdateQuotePayload, {
    nullable: true,
    description: 'Changes an offer. Another term, price or discount needs a new approval.',
  })
  async updateQuote(
    @Arg('input', () => UpdateQuoteInput, { description: 'What is different.' }) input: UpdateQuoteInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<UpdateQuotePayload> {
    const change = quoteChangeFrom(input);
    const result = await writeQuote(ctx, 'updateQuote', input, async work =>
      change.ok ? updateQuote(work, change.value, buyingOf(ctx)) : change,
    );
    return answer(ctx, result, quote => ({ quote }));
  }

  @Mutation(() => RequestApprovalPayload, { nullable: true, description: 'Puts a quote into the queue of those who approve.' })
  async requestApproval(
    @Arg('input', () => RequestApprovalInput, { description: 'Which one.' }) input: RequestApprovalInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<RequestApprovalPayload> {
    const result = await writeQuote(ctx, 'requestApproval', input, work => requestApproval(work, input, buyingOf(ctx)));
    return answer(ctx, result, quote => ({ quote }));
  }

  @Mutation(() => ReviewQuotePayload, { nullable: true, description: 'Approves a quote, or declines it with a reason.' })
  async reviewQuote(
    @Arg('input', () => ReviewQuoteInput, { description: 'The word of the reviewer.' }) input: ReviewQuoteInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<ReviewQuotePayload> {
    const { quoteId, decision, reason = null } = input;
    const result = await writeQuote(ctx, 'reviewQuote', input, work => reviewQuote(work, { quoteId, decision, reason }, buyingOf(ctx)));
    return answer(ctx, result, quote => ({ quote }));
  }

  @Mutation(() => SendQuotePayload, { nullable: true, description: 'Shows a quote to the customer.' })
  async sendQuote(
    @Arg('input', () => SendQuoteInput, { description: 'Which one.' }) input: SendQuoteInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<SendQuotePayload> {
    const result = await writeQuote(ctx, 'sendQuote', input, work => sendQuote(work, input, buyingOf(ctx)));
    return answer(ctx, result, quote => ({ quote }));
  }

  @Mutation(() => MakePrimaryPayload, { nullable: true, description: 'Makes a quote the one of its opportunity that can be bought.' })
  async makePrimary(
    @Arg('input', () => MakePrimaryInput, { description: 'Which one.' }) input: MakePrimaryInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<MakePrimaryPayload> {
    const result = await writeQuote(ctx, 'makePrimary', input, work => makePrimary(work, input, buyingOf(ctx)));
    return answer(ctx, result, quote => ({ quote }));
  }

  @Mutation(() => SubmitQuotePayload, { nullable: true, description: 'Turns a quote that the customer has accepted into its order, once.' })
  async submitQuote(
    @Arg('input', () => SubmitQuoteInput, { description: 'Which one, and who agreed to the terms.' }) input: SubmitQuoteInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<SubmitQuotePayload> {
    const { quoteId, termsAcceptedBy, poNumber = null } = input;
    let placed: OrderSource | null = null;
    const result = await writeQuote(ctx, 'submitQuote', input, async work => {
      const submitted = await submitQuote(work, { quoteId, termsAcceptedBy, poNumber }, buyingOf(ctx));
      if (submitted.ok) placed = sourceOf(submitted.value.placed);
      return submitted;
    });
    return answer(ctx, result, async quote => ({
      quote,
      order: placed ?? (quote?.orderId ? await ctx.load(orderById, quote.orderId) : null),
    }));
  }

  @Mutation(() => SetApprovalRulePayload, { nullable: true, description: 'Sets what a quote may not exceed without an approval.' })
  async setApprovalRule(
    @Arg('input', () => SetApprovalRuleInput, { description: 'The rule.' }) input: SetApprovalRuleInput,
    @Ctx() ctx: OrdersContext,
  ): Promise<SetApprovalRulePayload> {
    const rule = ruleFrom(input);
    const request = { operation: 'setApprovalRule', key: input.idempotencyKey, request: input, isDryRun: input.dryRun ?? false };
    const result = await ctx.write(request, async work => (rule.ok ? setApprovalRule(work, rule.value) : rule));
    return answer(ctx, result, value => value);
  }
}
