import { DeadlineExceeded } from './guarded-client';

/** Two transactions met; one was sent back and may simply try again. */
const COLLISIONS = new Set(['40001', '40P01']);
/** The way to the server broke, or the server is coming up or going down: whether a commit arrived is unknown. */
const LOST = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'DEADLINE_EXCEEDED',
]);
const LOCK_NOT_AVAILABLE = '55P03';

/** The code a fault carries, its cause included: drizzle wraps the driver's error. */
export function faultCode(fault: unknown): string | null {
  for (let at = fault; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : null) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return null;
}

export const isCollision = (fault: unknown): boolean => COLLISIONS.has(faultCode(fault) ?? '');
export const isLostConnection = (fault: unknown): boolean => fault instanceof DeadlineExceeded || LOST.has(faultCode(fault) ?? '');
export const isLockTimeout = (fault: unknown): boolean => faultCode(fault) === LOCK_NOT_AVAILABLE;
/** True when the same idempotent unit of work may succeed if it is tried again a little later. */
export const isTransient = (fault: unknown): boolean => isCollision(fault) || isLostConnection(fault) || isLockTimeout(fault);
