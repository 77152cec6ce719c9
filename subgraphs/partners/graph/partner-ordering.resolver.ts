import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type MoneyInput, moneyFromInput } from '#kernel/graph/money';
import type { MutationInput } from '#kernel/graph/mutation-input';
import { answer } from '#kernel/graph/user-error';
import type { Money } from '#kernel/money';
import type { Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { PlacedOrder } from '../actions/accept-order';
import { addPartnerSeats } from '../actions/addPartnerSeats';
import { cancelPartnerSubscription } from '../actions/cancelPartnerSubscription';
import { confirmEndUserTerms } from '../actions/confirmEndUserTerms';
import { placePartnerOrder } from '../actions/placePartnerOrder';
import { renewPartnerSubscription } from '../actions/renewPartnerSubscription';
import type { PartnersEvents } from '../events/published';
import { partnerOrderById } from '../store/partner-orders';
import { isPartyOf, named, ownPartner, type PartnersContext } from './context';
import { mutate } from './mutate';
import {
  AddPartnerSeatsInput,
  CancelPartnerSubscriptionInput,
  ConfirmEndUserTermsInput,
  PlacePartnerOrderInput,
  type PurchaseOrderInput,
  RenewPartnerSubscriptionInput,
} from './order-inputs';
import {
  AddPartnerSeatsPayload,
  CancelPartnerSubscriptionPayload,
  ConfirmEndUserTermsPayload,
  PlacePartnerOrderPayload,
  RenewPartnerSubscriptionPayload,
} from './payloads';

/** What a partner orders and takes back. */
@Resolver()
export class PartnerOrdering {
  @Mutation(() => PlacePartnerOrderPayload, { nullable: true, description: 'Places an order for a customer.' })
  async placePartnerOrder(
    @Arg('input', () => PlacePartnerOrderInput, { description: 'The order.' }) input: PlacePartnerOrderInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const { externalId, endCustomer, dealRegistrationId = null, termsAccepted: areTermsAccepted, marketplace = null } = input;
    const lines = input.lines.map(line => ({ ...line, termMonths: line.termMonths ?? 12 }));
    const resellerId = input.resellerId ? named('partner', input.resellerId) : null;
    const asked = {
      partnerId: ownPartner(ctx),
      externalId,
      resellerId,
      endCustomer,
      lines,
      dealRegistrationId,
      areTermsAccepted,
      marketplace,
    };
    return order(ctx, 'placePartnerOrder', input, input.po, (work, po) => placePartnerOrder(work, { ...asked, po }));
  }

  @Mutation(() => AddPartnerSeatsPayload, { nullable: true, description: 'Orders more seats on a subscription that you sold.' })
  async addPartnerSeats(
    @Arg('input', () => AddPartnerSeatsInput, { description: 'The seats.' }) input: AddPartnerSeatsInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const { externalId, subscriptionName, quantity } = input;
    const asked = { partnerId: ownPartner(ctx), externalId, subscriptionName, quantity };
    return order(ctx, 'addPartnerSeats', input, input.po, (work, po) => addPartnerSeats(work, { ...asked, po }));
  }

  @Mutation(() => RenewPartnerSubscriptionPayload, { nullable: true, description: 'Orders another term of a subscription that you sold.' })
  async renewPartnerSubscription(
    @Arg('input', () => RenewPartnerSubscriptionInput, { description: 'The renewal.' }) input: RenewPartnerSubscriptionInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const { externalId, subscriptionName, quantity = null } = input;
    const asked = { partnerId: ownPartner(ctx), externalId, subscriptionName, quantity, termMonths: input.termMonths ?? 12 };
    return order(ctx, 'renewPartnerSubscription', input, input.po, (work, po) => renewPartnerSubscription(work, { ...asked, po }));
  }

  @Mutation(() => CancelPartnerSubscriptionPayload, { nullable: true, description: 'Ends a subscription that you sold.' })
  async cancelPartnerSubscription(
    @Arg('input', () => CancelPartnerSubscriptionInput, { description: 'The end.' }) input: CancelPartnerSubscriptionInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const { externalId, subscriptionName, reason } = input;
    const asked = { partnerId: ownPartner(ctx), externalId, subscriptionName, isRefunded: input.refund ?? false, reason };
    const kept = orderKept(ctx, 'cancelPartnerSubscription');
    const result = await mutate<PlacedOrder>(ctx, input, kept, work => cancelPartnerSubscription(work, asked));
    return answer(ctx, result, partnerOrder => ({ partnerOrder }));
  }

  @Mutation(() => ConfirmEndUserTermsPayload, {
    nullable: true,
    description: 'Tells that the customer of an order has accepted the licence agreement: the licence is released.',
  })
  async confirmEndUserTerms(
    @Arg('input', () => ConfirmEndUserTermsInput, { description: 'Which order.' }) input: ConfirmEndUserTermsInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { partnerId: ownPartner(ctx), externalId: input.externalId };
    const kept = orderKept(ctx, 'confirmEndUserTerms');
    const result = await mutate<PlacedOrder>(ctx, input, kept, work => confirmEndUserTerms(work, request));
    return answer(ctx, result, partnerOrder => ({ partnerOrder }));
  }
}

async function order(
  ctx: PartnersContext,
  name: string,
  input: MutationInput,
  po: PurchaseOrderInput,
  action: (work: Work<PartnersEvents>, po: { readonly number: string; readonly amount: Money }) => Promise<Result<PlacedOrder>>,
) {
  const amount = poAmount(po.amount);
  const result = amount.ok
    ? await mutate<PlacedOrder>(ctx, input, orderKept(ctx, name), work => action(work, { number: po.number, amount: amount.value }))
    : amount;
  return answer(ctx, result, partnerOrder => ({ partnerOrder }));
}

const poAmount = (amount: MoneyInput): Result<Money> => moneyFromInput(amount, ['po', 'amount']);

const orderKept = (ctx: PartnersContext, name: string) => ({
  name,
  idOf: (row: PlacedOrder) => row.id,
  find: async (id: string): Promise<PlacedOrder | null> => {
    const found = await ctx.load(partnerOrderById, named('partnerOrder', id));
    return found && isPartyOf(ctx.viewer, found) ? found : null;
  },
});
