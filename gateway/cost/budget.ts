import { hasRole, isSignedIn, type Viewer } from '#kernel/auth/viewer';

/** What one request of a caller may cost. Every saved operation fits many times into the smallest that may run it. */
const BUDGETS = { anonymous: 1_000, partner: 10_000, person: 20_000, staff: 100_000 } as const;

/** The budget of a caller for one request; of several capacities the narrowest but staff's own counts. */
export function budgetOf(viewer: Viewer): number {
  if (!isSignedIn(viewer)) return BUDGETS.anonymous;
  if (hasRole(viewer, 'PARTNER')) return BUDGETS.partner;
  return hasRole(viewer, 'SUPPORT', 'SALES', 'FINANCE', 'ANALYST', 'OPERATOR') ? BUDGETS.staff : BUDGETS.person;
}
