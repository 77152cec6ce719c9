import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { once } from '../../kernel/idempotency';
import { seededIds } from '../../kernel/new-id';
import { accept, type Result, refuse } from '../../kernel/result';
import { decide } from '../../kernel/run-work';
import type { Clock } from '../../kernel/time';
import type { Act, Houses, Known } from './act';
import { importAccount, importInvoiceRecord, importSubscriptionRecord } from './doors';
import type { Found } from './read-files';
import { RECORDS, type RecordKind } from './records';

export interface ImportOptions {
  readonly houses: Houses;
  readonly clock: Clock;
  /** Names the system that the records come from: the same reference of another system is another record. */
  readonly source: string;
  readonly actor: string;
  readonly isDryRun: boolean;
  /** How long billing may take to hear of a new account. */
  readonly patienceMs: number;
  readonly onDone: (outcome: Outcome) => void;
}

/** What came of a record. */
export interface Outcome {
  readonly place: string;
  readonly kind: RecordKind | 'unknown';
  readonly reference: string;
  /** Null when it was taken over, now or before. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

interface Checked {
  readonly place: string;
  readonly record: z.infer<(typeof RECORDS)[RecordKind]>;
}

/**
 * Takes records over, accounts first, then subscriptions, then invoices: each through an action of the house that owns it,
 * in a transaction of its own, together with a key made of its source and reference. So an import that was killed is run
 * again, and every record is there once. A dry run takes the same path, and rolls each record back.
 */
export async function importRecords(found: readonly Found[], options: ImportOptions): Promise<void> {
  const checked: Checked[] = [];
  const seen = new Set<string>();
  for (const one of found) {
    const read = check(one, seen);
    if ('refusal' in read) options.onDone(read);
    else checked.push(read);
  }
  const known: Known = { accounts: new Map(), subscriptions: new Map() };
  for (const kind of Object.keys(RECORDS)) {
    for (const { place, record } of checked.filter(one => one.record.kind === kind)) {
      const result = await takeOver(record, known, options);
      options.onDone({ place, kind: record.kind, reference: record.reference, refusal: result.ok ? null : result.refusal });
    }
  }
}

function check({ place, record, fault }: Found, seen: Set<string>): Checked | Outcome {
  const { kind, reference } = typeof record === 'object' && record !== null ? (record as Record<string, unknown>) : {};
  const refusedBecause = (code: string, message: string): Outcome => ({
    place,
    kind: isKind(kind) ? kind : 'unknown',
    reference: typeof reference === 'string' ? reference : '',
    refusal: { code, message },
  });
  if (fault) return refusedBecause('UNREADABLE', fault);
  if (!isKind(kind)) return refusedBecause('KIND_UNKNOWN', `\`kind\` is one of ${Object.keys(RECORDS).join(', ')}.`);
  const read = RECORDS[kind].safeParse(record);
  if (!read.success)
    return refusedBecause('RECORD_INVALID', read.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  const name = `${kind}/${read.data.reference}`;
  if (seen.has(name)) return refusedBecause('REFERENCE_TWICE', 'Another record of this kind has this reference.');
  seen.add(name);
  return { place, record: read.data };
}

const isKind = (kind: unknown): kind is RecordKind => typeof kind === 'string' && Object.hasOwn(RECORDS, kind);

async function takeOver(record: Checked['record'], known: Known, options: ImportOptions): Promise<Result<unknown>> {
  const act = actOf(options);
  switch (record.kind) {
    case 'account':
      return importAccount(act, record, known);
    case 'subscription':
      return importSubscriptionRecord(act, record, known);
    case 'invoice': {
      const until = performance.now() + options.patienceMs;
      for (;;) {
        const result = await importInvoiceRecord(act, record, known);
        if (result.ok || result.refusal.code !== 'ACCOUNT_NOT_KNOWN_YET') return result;
        // An account that is only rehearsed is never heard of: what billing would say of it can only be said then.
        if (options.isDryRun) return accept(null);
        if (performance.now() > until) return refuse(result.refusal.code, 'Billing has not heard of the account: is the product running?');
        await pause(100);
      }
    }
  }
}

const actOf =
  ({ houses, clock, source, actor, isDryRun }: ImportOptions): Act =>
  (house, key, request, action) => {
    const now = clock.now();
    const thread = `import:${source}/${key}`;
    const context = { house, now, newIds: () => seededIds(thread, now), actor, correlationId: thread, causationId: thread };
    return decide(houses[house], context, isDryRun, work =>
      once(work, { scope: `import/${source}`, key, operation: 'import', request }, () => action(work)),
    );
  };
