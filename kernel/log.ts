import pino from 'pino';

/**
 * What a log line may hold. Anything else that is passed is dropped: an allow-list is the only way to be sure that no
 * name, mail, token, document variable or statement ends up in a log.
 */
export interface LogFields {
  readonly house?: string;
  readonly requestId?: string;
  readonly correlationId?: string;
  readonly operation?: string;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly source?: string;
  readonly job?: string;
  readonly position?: number;
  readonly attempt?: number;
  readonly count?: number;
  readonly durationMs?: number;
  readonly status?: number;
  readonly code?: string;
  readonly port?: number;
  readonly url?: string;
  readonly reason?: string;
  /** Its type, message and stack are logged; the statement's parameters that the driver attaches are not. */
  readonly fault?: unknown;
}

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const ALLOWED: ReadonlySet<string> = new Set<keyof LogFields>([
  'house',
  'requestId',
  'correlationId',
  'operation',
  'eventId',
  'eventType',
  'source',
  'job',
  'position',
  'attempt',
  'count',
  'durationMs',
  'status',
  'code',
  'port',
  'url',
  'reason',
]);

/** One JSON line for each message, on standard output. */
export function createLog(name: string, level = 'info'): Log {
  const logger = pino({ name, level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime });
  const write =
    (severity: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}) =>
      logger[severity](allowed(fields), message);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** Says nothing: for tests that expect faults. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function allowed(fields: LogFields): object {
  const kept = Object.fromEntries(Object.entries(fields).filter(([key]) => ALLOWED.has(key)));
  return fields.fault === undefined ? kept : { ...kept, fault: faultOf(fields.fault) };
}

function faultOf(fault: unknown): object {
  if (!(fault instanceof Error)) return { message: String(fault) };
  const code = 'code' in fault && typeof fault.code === 'string' ? { code: fault.code } : {};
  // drizzle puts the statement and its parameters into the message; its cause says what happened without them.
  const message = fault.message.startsWith('Failed query') ? 'a statement failed' : fault.message;
  const stack = fault.stack
    ?.split('\n')
    .filter(line => line.startsWith('    at '))
    .slice(0, 8)
    .map(line => line.trim());
  return { type: fault.name, message, ...code, stack, ...(fault.cause ? { cause: faultOf(fault.cause) } : {}) };
}
