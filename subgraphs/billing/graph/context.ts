import { canSeeAccount, hasRole, type Viewer } from '#kernel/auth/viewer';
import type { HouseContext } from '#kernel/graph/context';
import type { AccountId } from '#kernel/ids';
import type { BillingEvents } from '../events/published';
import type { BillingServices } from '../ports/services';

export type BillingContext = HouseContext<BillingEvents, BillingServices>;

/** Whose invoices the viewer may read: analysts read all of them, others those of the accounts that they may see. */
export const canReadInvoicesOf = (viewer: Viewer, accountId: AccountId): boolean =>
  hasRole(viewer, 'ANALYST') || canSeeAccount(viewer, accountId);

/** How an action asks whether the caller may see an account, without knowing who calls. */
export const maySeeFor =
  (viewer: Viewer) =>
  (accountId: AccountId): boolean =>
    canSeeAccount(viewer, accountId);
