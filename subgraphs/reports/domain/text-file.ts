import { decimalOf } from '#kernel/money';
import { bareKind, type Columns, columnName, type Value } from './columns';
import type { Provenance } from './report-export';

/** How a file is written: it begins, takes rows batch by batch, and ends with where its numbers come from. */
export interface FileForm {
  begin(): Uint8Array;
  rows(batch: readonly (readonly Value[])[]): Uint8Array;
  end(provenance: Provenance): Uint8Array;
}

const bytes = new TextEncoder();

/**
 * Comma-separated values (RFC 4180) with a line of names first. The last lines begin with `# ` and tell what the file is; readers skip
 * them as comments.
 */
export function csvFile(columns: Columns): FileForm {
  const kinds = Object.values(columns).map(bareKind);
  return {
    begin: () => bytes.encode(`${Object.keys(columns).map(columnName).join(',')}\r\n`),
    rows: batch => {
      const lines = batch.map(row => row.map((value, index) => (kinds[index] === 'text' ? textCell(value) : plain(value))).join(','));
      return bytes.encode(lines.length > 0 ? `${lines.join('\r\n')}\r\n` : '');
    },
    end: provenance => bytes.encode(provenance.map(([name, value]) => `# ${name}: ${comment(value)}\r\n`).join('')),
  };
}

/** One JSON object a line. The last one has a single field, `provenance`. Amounts and decimals are text, so that no reader rounds them. */
export function jsonLinesFile(columns: Columns): FileForm {
  const names = Object.keys(columns).map(columnName);
  return {
    begin: () => new Uint8Array(),
    rows: batch => {
      const lines = batch.map(row => JSON.stringify(Object.fromEntries(row.map((value, index) => [names[index], jsonValue(value)]))));
      return bytes.encode(lines.map(line => `${line}\n`).join(''));
    },
    end: provenance => bytes.encode(`${JSON.stringify({ provenance: Object.fromEntries(provenance) })}\n`),
  };
}

/** What a spreadsheet would take for the beginning of a formula, in the forms that some fold into these as well. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A text that a spreadsheet shows and does not compute. A negative amount is a number and stays one. */
export const defused = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

function textCell(value: Value): string {
  const text = defused(plain(value));
  // An apostrophe in front is shown as text; quotes keep commas, quotes and line ends inside the cell.
  return /[",\r\n]|^[#'\s]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const jsonValue = (value: Value): string | number | null => (value === null || typeof value === 'number' ? value : plain(value));

function plain(value: Value): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? decimalOf(value) : `${value}`;
}

/** A comment is one line, and holds nothing that a reader of cells could take for one. */
const comment = (text: string): string => text.replace(/[",;\s]+/g, ' ');
