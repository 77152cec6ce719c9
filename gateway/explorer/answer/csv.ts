import type { Column, Row } from './row-sets';
import { type Cell, isMoney } from './values';

/** Spreadsheets run a cell that begins like this. An apostrophe in front makes it text; numbers are numbers and stay. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** The rows as comma-separated values (RFC 4180), an amount as two columns, names as in the graph. */
export function csvOf(columns: readonly Column[], rows: readonly Row[]): string {
  const headings = columns.flatMap(({ id, kind }) => (kind === 'money' ? [`${id}.amount`, `${id}.currency`] : [id]));
  const lines = rows.map(row => columns.flatMap(({ id, kind }) => fieldsOf(row[id], kind === 'money')));
  return [headings, ...lines].map(fields => `${fields.map(quoted).join(',')}\r\n`).join('');
}

function fieldsOf(cell: Cell | undefined, isAmount: boolean): readonly string[] {
  if (isMoney(cell)) return [cell.amount, cell.currency];
  if (isAmount) return ['', ''];
  return [cell === null || cell === undefined ? '' : String(cell)];
}

function quoted(text: string): string {
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
