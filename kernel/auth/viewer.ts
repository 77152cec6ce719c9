import type { AccountId, PartnerId } from '../ids';

/** In what capacity somebody asks. */
export const ROLES = ['BUYER', 'SUPPORT', 'SALES', 'FINANCE', 'ANALYST', 'OPERATOR', 'PARTNER', 'INSTANCE', 'SERVICE'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. The gateway finds out once; the hop token carries it whole, so that no house has to look it up again. */
export interface Viewer {
  /** A stable name for logs, audits and idempotency: `usr_…`, `partner:pcl_…`, `instance:…`, `house:billing`. */
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
  /** The billing accounts that are the viewer's own. */
  readonly accounts: readonly AccountId[];
  readonly partnerId: PartnerId | null;
  readonly instanceIdentifier: string | null;
  readonly clientId: string | null;
  readonly email: string | null;
}

/** Somebody who has not said who they are. */
export const anonymous: Viewer = {
  subject: 'anonymous',
  roles: [],
  scopes: [],
  accounts: [],
  partnerId: null,
  instanceIdentifier: null,
  clientId: null,
  email: null,
};

/** Staff see every account. Analysts do not: what they read is masked and counted elsewhere. */
const STAFF: readonly Role[] = ['SUPPORT', 'SALES', 'FINANCE', 'OPERATOR'];

const signedIn = new WeakMap<Viewer, () => boolean>();

/** Whether somebody has said who they are. It says less than who they are: see `observe`. */
export const isSignedIn = (viewer: Viewer): boolean => signedIn.get(viewer)?.() ?? viewer.subject !== anonymous.subject;

/** Makes `isSignedIn` answer for a viewer by another, and tell that it was asked. */
export function withSignedIn(viewer: Viewer, by: Viewer, whenAsked: () => void): Viewer {
  signedIn.set(viewer, () => {
    whenAsked();
    return isSignedIn(by);
  });
  return viewer;
}

export const hasRole = (viewer: Viewer, ...roles: readonly Role[]): boolean => viewer.roles.some(role => roles.includes(role));
export const isStaff = (viewer: Viewer): boolean => hasRole(viewer, ...STAFF);

/**
 * Whether the viewer may know of a billing account and all that belongs to it: its own, or any when it is staff. Where
 * the answer is no, the thing is answered as if it did not exist.
 */
export const canSeeAccount = (viewer: Viewer, accountId: AccountId): boolean => isStaff(viewer) || viewer.accounts.includes(accountId);
