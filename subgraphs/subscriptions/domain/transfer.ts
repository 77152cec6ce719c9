import type { NamespaceId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';
import type { PlainDate } from '#kernel/time';
import { isTaken } from './namespace';
import { isOver, type Standed } from './subscription';

const REASON_LENGTH_MAX = 500;

/** The least that a transfer needs to know of a subscription. */
export interface Transferred extends Standed {
  readonly namespaceId: NamespaceId | null;
  readonly deployment: string;
}

/**
 * Decides whether a subscription may move to another namespace of its account. Refuses one that has ended or runs on the
 * customer's own machines, a move to where it is, and, for a base subscription, a namespace on which another one stands.
 */
export function decideTransfer(
  agreement: Transferred,
  to: { readonly id: NamespaceId; readonly bases: readonly Standed[] },
  { isBase, reason, on }: { readonly isBase: boolean; readonly reason: string; readonly on: PlainDate },
) {
  const why = lineFrom(reason, REASON_LENGTH_MAX);
  if (why === null) return refuse('REASON_INVALID', `Say why, in 1 to ${REASON_LENGTH_MAX} characters on one line.`, { path: ['reason'] });
  if (isOver(agreement, on))
    return refuse('SUBSCRIPTION_ENDED', 'This subscription has ended; there is nothing to move.', { path: ['subscriptionName'] });
  if (agreement.deployment !== 'SAAS') {
    return refuse('NOT_FOR_NAMESPACE', 'This subscription runs on its own machines, not in a namespace.', { path: ['subscriptionName'] });
  }
  if (agreement.namespaceId === to.id)
    return refuse('NAMESPACE_UNCHANGED', 'The subscription is on this namespace already.', { path: ['toNamespaceId'] });
  if (isBase && isTaken(to.bases, agreement.term)) {
    return refuse('NAMESPACE_TAKEN', 'Another subscription stands on this namespace.', { path: ['toNamespaceId'] });
  }
  return accept({ namespaceId: to.id, reason: why });
}
