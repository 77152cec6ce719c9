import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs, connectionOf, idKey, type KeyFormat } from '#kernel/graph/connection';
import { answer } from '#kernel/graph/user-error';
import { type UploadedBulkOrder, uploadBulkOrder } from '../actions/uploadBulkOrder';
import { type BulkLineState, statusOf } from '../domain/bulk-order';
import { bulkOrderById, bulkOrderNamed, bulkOrdersOf, lineCountsOf, linesOfBulkOrder } from '../store/bulk-orders';
import { partnerOrderById } from '../store/partner-orders';
import type { BulkLineRow, BulkOrderRow } from '../store/tables';
import {
  BulkOrder,
  BulkOrderConnection,
  BulkOrderCounts,
  BulkOrderLine,
  BulkOrderLineConnection,
  BulkOrderLineWhereInput,
  BulkOrderStatusEnum,
  UploadBulkOrderInput,
} from './bulk-order';
import { named, ownPartner, type PartnersContext } from './context';
import { mutate } from './mutate';
import { PartnerOrder } from './partner-order';
import { UploadBulkOrderPayload } from './payloads';

@Resolver(() => BulkOrder)
export class BulkOrderResolver {
  @Query(() => BulkOrder, { nullable: true, description: 'A file of orders that you sent, by your own reference.' })
  bulkOrder(
    @Arg('externalId', () => String, { description: 'Your reference of the file.' }) externalId: string,
    @Ctx() ctx: PartnersContext,
  ): Promise<BulkOrderRow | null> {
    return bulkOrderNamed(ctx.db, ownPartner(ctx), externalId);
  }

  @Query(() => BulkOrderConnection, { nullable: true, description: 'The files of orders that you sent, the newest first.' })
  bulkOrders(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() ctx: PartnersContext) {
    return connectionOf(args, {
      key: idKey('bulkImport'),
      cursorOf: (row: BulkOrderRow) => row.id,
      rows: (limit, after) => bulkOrdersOf(ctx.db, ownPartner(ctx), limit, after),
    });
  }

  @FieldResolver(() => BulkOrderStatusEnum, { description: 'How far it is.' })
  status(@Root() bulkOrder: BulkOrderRow) {
    return statusOf(bulkOrder);
  }

  @FieldResolver(() => BulkOrderCounts, { description: 'How many lines stand how. In the answer to a dry run: of the part that was sent.' })
  async counts(@Root() bulkOrder: UploadedBulkOrder, @Ctx() ctx: PartnersContext): Promise<BulkOrderCounts> {
    const stored = await ctx.load(lineCountsOf, bulkOrder.id);
    const lines = (state: BulkLineState) =>
      stored.length > 0
        ? (stored.find(row => row.state === state)?.lines ?? 0)
        : (bulkOrder.taken ?? []).filter(line => line.state === state).length;
    return { pending: lines('PENDING'), accepted: lines('ACCEPTED'), rejected: lines('REJECTED'), refused: lines('REFUSED') };
  }

  @FieldResolver(() => BulkOrderLineConnection, { description: 'What became of each line, in the order of the file.' })
  lines(
    @Root() bulkOrder: UploadedBulkOrder,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('where', () => BulkOrderLineWhereInput, { nullable: true, description: 'Only some of them.' })
    where: BulkOrderLineWhereInput | null,
    @Ctx() ctx: PartnersContext,
  ) {
    return connectionOf(args, {
      key: lineKey,
      cursorOf: (row: BulkLineRow) => row.line,
      rows: (limit, after) => linesOfBulkOrder(ctx.db, bulkOrder.id, where?.state ?? null, limit, after),
    });
  }

  @Mutation(() => UploadBulkOrderPayload, {
    nullable: true,
    description: 'Sends a file of orders, whole or in parts. With the last part they are placed, each line on its own.',
  })
  async uploadBulkOrder(
    @Arg('input', () => UploadBulkOrderInput, { description: 'The file, or a part of it.' }) input: UploadBulkOrderInput,
    @Ctx() ctx: PartnersContext,
  ) {
    const { externalId, format, part, content } = input;
    const asked = { partnerId: ownPartner(ctx), externalId, format, part, content, isLast: input.isLast ?? true };
    const kept = {
      name: 'uploadBulkOrder',
      idOf: (row: UploadedBulkOrder) => row.id,
      find: (id: string): Promise<UploadedBulkOrder | null> => ctx.load(bulkOrderById, named('bulkImport', id)),
    };
    const result = await mutate<UploadedBulkOrder>(ctx, input, kept, work => uploadBulkOrder(work, asked));
    return answer(ctx, result, bulkOrder => ({ bulkOrder }));
  }
}

@Resolver(() => BulkOrderLine)
export class BulkOrderLineResolver {
  @FieldResolver(() => PartnerOrder, { nullable: true, description: 'The order that it became.' })
  async partnerOrder(@Root() line: BulkLineRow, @Ctx() ctx: PartnersContext) {
    return line.partnerOrderId ? ctx.load(partnerOrderById, line.partnerOrderId) : null;
  }
}

/** Lists in the order of their numbers. */
const lineKey: KeyFormat<number> = { read: text => (/^\d{1,9}$/.test(text) ? Number(text) : null), write: String };
