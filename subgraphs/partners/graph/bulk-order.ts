import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionType } from '#kernel/graph/connection';
import { enumOf } from '#kernel/graph/enum';
import { MutationInput } from '#kernel/graph/mutation-input';
import { Node } from '#kernel/graph/node';
import { DateTime } from '#kernel/graph/scalars';
import type { Id } from '#kernel/ids';
import { always, Publishes, sometimes } from '#kernel/published';
import type { Instant } from '#kernel/time';
import { BULK_FORMATS, BULK_LINE_STATES, BULK_STATUSES, type BulkFormat, type BulkLineState } from '../domain/bulk-order';
import type { BulkLineRow, BulkOrderRow } from '../store/tables';

export const BulkOrderFormatEnum = enumOf('BulkOrderFormat', BULK_FORMATS, {
  CSV: 'Comma-separated values under a line of column names, which are paths: `endCustomer.address.city`, `lines.sku`, `po.amount.amount`.',
  JSON_LINES: 'One JSON object on each line, with the fields of `PlacePartnerOrderInput`.',
});
export const BulkOrderStatusEnum = enumOf('BulkOrderStatus', BULK_STATUSES, {
  RECEIVING: 'Further parts are awaited; nothing is placed yet.',
  PLACING: 'All parts are here, and the orders are being placed.',
  DONE: 'Each line has its outcome.',
});
export const BulkOrderLineStateEnum = enumOf('BulkOrderLineState', BULK_LINE_STATES, {
  PENDING: 'Not placed yet.',
  ACCEPTED: 'Placed: `partnerOrder` tells how the order stands now.',
  REJECTED: 'Placed, and rejected for legal reasons.',
  REFUSED: 'Not placed: `code`, `message` and `path` say why. Mend it and send it in another file.',
});

@Publishes<BulkOrderRow>()
@ObjectType({ simpleResolvers: true, implements: Node, description: 'A file of orders, and what became of each line.' })
export class BulkOrder {
  @always(() => ID, { description: 'Its id.' })
  readonly id!: Id<'bulkImport'>;

  @always(() => String, { description: 'Your own reference of the file.' })
  readonly externalId!: string;

  @always(() => BulkOrderFormatEnum, { description: 'How it is written.' })
  readonly format!: BulkFormat;

  @always(() => Int, { description: 'How many lines are here, one for each order.' })
  readonly lineCount!: number;

  @always(() => DateTime, { description: 'When its first part came.' })
  readonly startedAt!: Instant;

  @sometimes(() => DateTime, { description: 'When its last line had its outcome.' })
  readonly finishedAt!: Instant | null;
}

@ObjectType({ simpleResolvers: true, description: 'How many lines of a file stand how.' })
export class BulkOrderCounts {
  @Field(() => Int, { description: 'Not placed yet.' })
  readonly pending!: number;

  @Field(() => Int, { description: 'Placed.' })
  readonly accepted!: number;

  @Field(() => Int, { description: 'Placed, and rejected for legal reasons.' })
  readonly rejected!: number;

  @Field(() => Int, { description: 'Not placed.' })
  readonly refused!: number;
}

@Publishes<BulkLineRow>()
@ObjectType({ simpleResolvers: true, description: 'What became of a line of a file.' })
export class BulkOrderLine {
  @always(() => Int, { description: 'Which: the first order of the first part is 1. A line of column names does not count.' })
  readonly line!: number;

  @always(() => BulkOrderLineStateEnum, { description: 'What became of it.' })
  readonly state!: BulkLineState;

  @sometimes(() => String, { description: 'Your reference of the order. Null: it could not be read.' })
  readonly externalId!: string | null;

  @sometimes(() => String, { description: 'Why it was refused: a code of `UserErrorCode`, `LINE_UNREADABLE` or `EXTERNAL_ID_REPEATED`.' })
  readonly code!: string | null;

  @sometimes(() => String, { description: 'The same in a sentence.' })
  readonly message!: string | null;

  @always(() => [String], { description: 'The field that is at fault; empty where none is.' })
  readonly path!: string[];
}

export const BulkOrderConnection = connectionType(BulkOrder, 'BulkOrder');
export const BulkOrderLineConnection = connectionType(BulkOrderLine, 'BulkOrderLine');

@InputType({ description: 'Which lines.' })
export class BulkOrderLineWhereInput {
  @Field(() => BulkOrderLineStateEnum, { nullable: true, description: 'Those that stand so.' })
  readonly state?: BulkLineState | null;
}

@InputType({ description: 'A part of a file of orders.' })
export class UploadBulkOrderInput extends MutationInput {
  @Field(() => String, { description: 'Your own reference of the file, the same for all of its parts.' })
  readonly externalId!: string;

  @Field(() => BulkOrderFormatEnum, { description: 'How the file is written.' })
  readonly format!: BulkFormat;

  @Field(() => Int, { description: 'Which part this is, from 1 on. A part may be sent again; parts come in their order.' })
  readonly part!: number;

  @Field(() => String, {
    description:
      'The part: whole lines, at most 5,000 orders and less than a megabyte. Each part of a CSV file begins with the names of the columns.',
  })
  readonly content!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Whether the file is complete with this part. The orders are placed then: at most 10,000.',
  })
  readonly isLast?: boolean | null;
}
