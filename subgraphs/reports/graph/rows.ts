import { type ConnectionArgs, connectionOf, textKey } from '#kernel/graph/connection';
import { type KeyedRow, pageOfRows, type RowSet } from '../store/row-set';
import type { ReportsContext } from './context';

/** A page of the rows that a number is counted from. */
export const rowsOf = (ctx: ReportsContext, args: ConnectionArgs, rows: RowSet) =>
  connectionOf(args, {
    key: textKey,
    cursorOf: (row: KeyedRow) => row.rowKey,
    rows: (limit, after) => pageOfRows(ctx.db, rows, limit, after),
  });
