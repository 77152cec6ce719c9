import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { accept, refuse } from '#kernel/result';
import { plainDateFrom } from '#kernel/time';
import type { BulkEntry, BulkFormat } from '../domain/bulk-order';

/** A line of a file: the order that it asks for, or why it cannot be read. */
export interface ReadLine {
  readonly externalId: string | null;
  readonly entry: BulkEntry | null;
  readonly fault: { readonly message: string; readonly path: readonly string[] } | null;
}

/**
 * Reads a part of a file: whole lines of JSON, or comma-separated values under their own line of column names, which are paths
 * such as `endCustomer.address.city`. What is wrong with one line is said of that line; the others are read.
 */
export function readBulkPart(format: BulkFormat, content: string) {
  const text = content.replace(/^\uFEFF/, '');
  if (format === 'JSON_LINES') return accept(text.split(/\r?\n/).flatMap(line => (line.trim() === '' ? [] : [fromJson(line)])));
  try {
    const rows: readonly Cells[] = parse(text, { columns: true, skip_empty_lines: true, trim: true });
    return accept(rows.map(cells => entryFrom(orderOf(cells))));
  } catch {
    const message = 'This is no CSV: every part begins with the names of the columns, and each line has as many values.';
    return refuse('BULK_PART_UNREADABLE', message, { path: ['content'] });
  }
}

type Cells = Readonly<Record<string, string>>;

function fromJson(line: string): ReadLine {
  try {
    return entryFrom(JSON.parse(line));
  } catch {
    return { externalId: null, entry: null, fault: { message: 'This line is not JSON.', path: [] } };
  }
}

const written = z
  .string()
  .max(1_000)
  .refine(text => !text.includes('\0'), 'This text cannot be kept.');
const optional = written.nullish().transform(text => text || null);
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'A country is two letters, such as DE.')
  .refine(code => regions.of(code) !== undefined, 'There is no such country.');
const day = z.string().transform((text, context) => {
  const on = plainDateFrom(text);
  if (!on) context.addIssue({ code: 'custom', message: 'A day is written as 2026-03-01.' });
  return on ?? z.NEVER;
});
const whole = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ],
  'This is a whole number.',
);

const address = z.strictObject({ street: written, city: written, postalCode: written, region: optional, country });
const entry = z.strictObject({
  externalId: written,
  resellerId: optional,
  endCustomer: z.strictObject({
    companyName: written,
    country,
    address,
    soldToName: written,
    soldToEmail: written,
    vatId: optional,
  }),
  lines: z.array(z.strictObject({ sku: written, quantity: whole, startsOn: day, termMonths: whole.default(12) })),
  po: z.strictObject({ number: written, amount: z.strictObject({ amount: written, currency: written }) }),
  dealRegistrationId: optional,
  termsAccepted: z.union([z.boolean(), z.enum(['true', 'false']).transform(text => text === 'true')], 'This is true or false.'),
  marketplace: z
    .strictObject({ offerId: written, agreementId: written })
    .nullish()
    .transform(market => market ?? null),
});

function entryFrom(value: unknown): ReadLine {
  const read = entry.safeParse(value);
  const reference = z.object({ externalId: written.min(1).max(200) }).safeParse(value);
  const externalId = reference.success ? reference.data.externalId : null;
  if (read.success) return { externalId, entry: read.data, fault: null };
  const [issue] = read.error.issues;
  return { externalId, entry: null, fault: { message: issue?.message ?? 'This is no order.', path: (issue?.path ?? []).map(String) } };
}

interface Tree {
  [name: string]: string | Tree | Tree[];
}

/** The cells of a row as an order; an empty one says nothing. A row has one line. */
function orderOf(cells: Cells): Tree {
  const order: Tree = {};
  for (const [name, value] of Object.entries(cells)) {
    if (value === '') continue;
    const path = name.split('.');
    let at = order;
    for (const step of path.slice(0, -1)) at = branch(at, step);
    Object.defineProperty(at, path.at(-1) ?? '', { value, enumerable: true, configurable: true, writable: true });
  }
  return { ...order, ...(order['lines'] !== undefined && { lines: [branch(order, 'lines')] }) };
}

function branch(tree: Tree, name: string): Tree {
  const held = Object.hasOwn(tree, name) ? tree[name] : undefined;
  if (typeof held === 'object' && !Array.isArray(held)) return held;
  const grown: Tree = {};
  Object.defineProperty(tree, name, { value: grown, enumerable: true, configurable: true, writable: true });
  return grown;
}
