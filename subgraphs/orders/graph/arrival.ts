import { setTimeout as pause } from 'node:timers/promises';
import { canSeeAccount } from '#kernel/auth/viewer';
import { isId } from '#kernel/ids';
import type { Result } from '#kernel/result';
import { accountCopy } from '../store/accounts';
import type { OrdersContext } from './context';

/** How often, and after how long each time, an account that was just opened is looked for. */
const LOOKS_MAX = 20;
const LOOK_EVERY_MS = 50;

/**
 * Answers a purchase for an account of the caller's own. One that was opened a moment ago may not have been announced to
 * this house yet: then, and only then, the announcement is waited for, at most a second, and the purchase decided again.
 */
export async function onceAnnounced<Value>(
  ctx: OrdersContext,
  accountId: string,
  decide: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const first = await decide();
  const isUnknown = !first.ok && first.refusal.code === 'ACCOUNT_NOT_FOUND';
  if (!isUnknown || !isId('account', accountId) || !canSeeAccount(ctx.viewer, accountId)) return first;
  for (let look = 0; look < LOOKS_MAX && !ctx.signal.aborted; look++) {
    await pause(LOOK_EVERY_MS);
    if (await accountCopy(ctx.db, accountId)) return decide();
  }
  return first;
}
