import type { Log } from '#kernel/log';
import { isRecord } from './safe-json';

/** An error of a house as a caller may see it. Its path begins at the house's own answer. */
export interface HouseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What a house may tell a caller by itself. Everything else is its own fault, and for the log. */
const CODES_FROM_HOUSES = new Set([
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'HOUSE_UNAVAILABLE',
  'NOT_FOUND',
  'RATE_LIMITED',
  'TIMEOUT',
  'UNAUTHENTICATED',
]);

/** Text of a stack trace, an address, a file or a statement: no sentence that was written for a caller holds any. */
const NOT_FOR_CALLERS =
  /:\/\/|\b(localhost|postgres|ECONN\w+|ENOTFOUND)\b|\.[jt]s:\d+|\n\s+at |\b(\d{1,3}\.){3}\d{1,3}\b|\bnode_modules\b|\b(select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from)\s/i;

/** A house's errors, in so far as they were written for callers. What was not is logged, and told without its content. */
export function presentable(errors: unknown, house: string, log: Log, requestId: string): HouseError[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map(({ message, path, extensions }): HouseError => {
    const details = isRecord(extensions) ? extensions : {};
    const { code } = details;
    const text = typeof message === 'string' ? message : '';
    const place = Array.isArray(path) ? { path: path.filter(isPathStep) } : {};
    if (typeof code === 'string' && CODES_FROM_HOUSES.has(code) && !NOT_FOR_CALLERS.test(text)) {
      return { message: text, ...place, extensions: { ...details, code, house } };
    }
    log.error('A house answered with a fault.', { house, requestId, code: String(code), fault: text });
    return { message: 'fault', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', house } };
  });
}

/** What stands at each field that a house owes and does not give. */
export const silence = (house: string): HouseError => ({
  message: `${titleOf(house)} does not answer at the moment. Everything else in this answer stands; ask for this part again later.`,
  extensions: { code: 'HOUSE_UNAVAILABLE', house, retryable: true },
});

const titleOf = (house: string): string => house.charAt(0).toUpperCase() + house.slice(1);
const isPathStep = (step: unknown): step is string | number => typeof step === 'string' || typeof step === 'number';
