import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, idKey } from '#kernel/graph/connection';
import type { MutationInput } from '#kernel/graph/mutation-input';
import { answer } from '#kernel/graph/user-error';
import type { Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { redeliverWebhook } from '../actions/redeliverWebhook';
import { removeStatusWebhook } from '../actions/removeStatusWebhook';
import { setStatusWebhook } from '../actions/setStatusWebhook';
import { testStatusWebhook } from '../actions/testStatusWebhook';
import type { PartnersEvents } from '../events/published';
import type { DeliveryRow, WebhookRow } from '../store/tables';
import { deliveriesOf, deliveryById, lastDeliveryOf, webhookById, webhooksOfPartner } from '../store/webhooks';
import { named, ownPartner, type PartnersContext } from './context';
import { mutate } from './mutate';
import { RedeliverWebhookPayload, RemoveStatusWebhookPayload, SetStatusWebhookPayload, TestStatusWebhookPayload } from './payloads';
import {
  deliveryView,
  RedeliverWebhookInput,
  RemoveStatusWebhookInput,
  SetStatusWebhookInput,
  StatusWebhook,
  TestStatusWebhookInput,
  WebhookDelivery,
  WebhookDeliveryConnection,
} from './webhook';

@Resolver(() => StatusWebhook)
export class WebhookResolver {
  @Directive('@listSize(assumedSize: 10)')
  @Query(() => [StatusWebhook], { nullable: true, description: 'Where you are told of your orders. At most 10.' })
  statusWebhooks(@Ctx() ctx: PartnersContext): Promise<readonly WebhookRow[]> {
    return ctx.load(webhooksOfPartner, ownPartner(ctx));
  }

  @FieldResolver(() => WebhookDelivery, { nullable: true, description: 'The newest delivery. Null: nothing was told yet.' })
  async lastDelivery(@Root() webhook: WebhookRow, @Ctx() ctx: PartnersContext) {
    const last = await ctx.load(lastDeliveryOf, webhook.id);
    return last && deliveryView(last);
  }

  @FieldResolver(() => WebhookDeliveryConnection, { description: 'What was told, and whether it arrived, the newest first.' })
  deliveries(@Root() webhook: WebhookRow, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: PartnersContext) {
    return connectionOf(args, {
      key: idKey('webhookDelivery'),
      cursorOf: (row: ReturnType<typeof deliveryView>) => row.id,
      rows: async (limit, after) => (await deliveriesOf(ctx.db, webhook.id, limit, after)).map(deliveryView),
    });
  }

  @Mutation(() => SetStatusWebhookPayload, {
    nullable: true,
    description: 'Sets where you are told how your orders stand, and shows the signing secret, once.',
  })
  async setStatusWebhook(
    @Arg('input', () => SetStatusWebhookInput, { description: 'The webhook.' }) input: SetStatusWebhookInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const { sender } = ctx.services;
    const request = { partnerId: ownPartner(ctx), url: input.url, events: input.events };
    const shown: string[] = [];
    const result = await mutate(ctx, input, webhookKept(ctx, 'setStatusWebhook'), async work => {
      const set = await setStatusWebhook(work, request, sender.faultOf);
      if (set.ok) shown.splice(0, 1, sender.secretOf(set.value.id));
      return set;
    });
    return answer(ctx, result, webhook => ({ webhook, secret: input.dryRun ? null : (shown[0] ?? null) }));
  }

  @Mutation(() => RemoveStatusWebhookPayload, { nullable: true, description: 'Removes a webhook: it is told nothing any more.' })
  async removeStatusWebhook(
    @Arg('input', () => RemoveStatusWebhookInput, { description: 'Which.' }) input: RemoveStatusWebhookInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { partnerId: ownPartner(ctx), webhookId: named('statusWebhook', input.webhookId) };
    const result = await mutate(ctx, input, webhookKept(ctx, 'removeStatusWebhook'), work => removeStatusWebhook(work, request));
    return answer(ctx, result, webhook => ({ webhook }));
  }

  @Mutation(() => TestStatusWebhookPayload, { nullable: true, description: 'Sends a test event to a webhook.' })
  async testStatusWebhook(
    @Arg('input', () => TestStatusWebhookInput, { description: 'Which.' }) input: TestStatusWebhookInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { partnerId: ownPartner(ctx), webhookId: named('statusWebhook', input.webhookId) };
    return delivered(ctx, 'testStatusWebhook', input, work => testStatusWebhook(work, request));
  }

  @Mutation(() => RedeliverWebhookPayload, { nullable: true, description: 'Tells an event once more.' })
  async redeliverWebhook(
    @Arg('input', () => RedeliverWebhookInput, { description: 'Which.' }) input: RedeliverWebhookInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const request = { partnerId: ownPartner(ctx), deliveryId: named('webhookDelivery', input.deliveryId) };
    return delivered(ctx, 'redeliverWebhook', input, work => redeliverWebhook(work, request));
  }
}

const webhookKept = (ctx: PartnersContext, name: string) => ({
  name,
  idOf: (webhook: WebhookRow) => webhook.id,
  find: (id: string) => ctx.load(webhookById, named('statusWebhook', id)),
});

async function delivered(
  ctx: PartnersContext,
  name: string,
  input: MutationInput,
  action: (work: Work<PartnersEvents>) => Promise<Result<DeliveryRow>>,
) {
  const kept = { name, idOf: (row: DeliveryRow) => row.id, find: (id: string) => ctx.load(deliveryById, named('webhookDelivery', id)) };
  const result = await mutate(ctx, input, kept, action);
  return answer(ctx, result, delivery => ({ delivery: delivery && deliveryView(delivery) }));
}
