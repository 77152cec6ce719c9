import { hasRole, type Viewer } from '#kernel/auth/viewer';
import type { AccountId } from '#kernel/ids';

/**
 * Whether the viewer may read activation codes and licence keys of an account: its own buyers, and support. Other staff
 * see the account without them, and partners see neither.
 */
export const canSeeCodes = (viewer: Viewer, accountId: AccountId): boolean =>
  hasRole(viewer, 'SUPPORT') || (hasRole(viewer, 'BUYER') && viewer.accounts.includes(accountId));
