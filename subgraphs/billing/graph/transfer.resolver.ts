import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { moneyFromInput } from '#kernel/graph/money';
import { answer } from '#kernel/graph/user-error';
import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import { recordTransfer } from '../actions/recordTransfer';
import type { SharedOut } from '../domain/transfer';
import { invoiceById } from '../store/invoices';
import { paymentById } from '../store/payments';
import { type BillingContext, maySeeFor } from './context';
import { RecordTransferInput, RecordTransferPayload } from './transfer';
import { afterWrite, writeOf } from './write';

const REFERENCE_LENGTH_MAX = 140;

@Resolver()
export class TransferResolver {
  @Mutation(() => RecordTransferPayload, {
    nullable: true,
    description: 'Records a bank transfer that pays several invoices: all of them, or none.',
  })
  async recordTransfer(
    @Arg('input', () => RecordTransferInput, { description: 'What arrived, and what it pays.' }) input: RecordTransferInput,
    @Ctx() ctx: BillingContext,
  ) {
    const request = requestFrom(input);
    const result = request.ok
      ? await ctx.write(writeOf('recordTransfer', input), work => recordTransfer(work, request.value, maySeeFor(ctx.viewer)))
      : request;
    return answer(ctx, result, async ({ recorded }) => ({
      payments: await Promise.all(recorded.map(({ payment }) => afterWrite(ctx, input, paymentById, payment))),
      invoices: await Promise.all(recorded.map(({ invoice }) => afterWrite(ctx, input, invoiceById, invoice))),
    }));
  }
}

function requestFrom({ amount: arrived, receivedOn, reference: text, allocations }: RecordTransferInput) {
  const amount = moneyFromInput(arrived, ['amount']);
  if (!amount.ok) return amount;
  const reference = lineFrom(text, REFERENCE_LENGTH_MAX);
  if (!reference)
    return refuse('INPUT_INVALID', `A reference has 1 to ${REFERENCE_LENGTH_MAX} visible characters.`, { path: ['reference'] });
  const parts: SharedOut[] = [];
  for (const [index, { invoiceNumber, amount: asked }] of allocations.entries()) {
    const part = moneyFromInput(asked, ['allocations', String(index), 'amount']);
    if (!part.ok) return part;
    parts.push({ invoiceNumber, amount: part.value });
  }
  return accept({ amount: amount.value, receivedOn, reference, allocations: parts });
}
