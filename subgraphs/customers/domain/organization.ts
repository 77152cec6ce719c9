import type { OrganizationId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';

/** Policy values: a family of companies deeper, or a company with more payers, is a mistake of data. */
export const ORGANIZATION_DEPTH_MAX = 10;
export const ORGANIZATION_ACCOUNTS_MAX = 100;
export const ORGANIZATION_NAME_LENGTH_MAX = 200;

/** Decides the name of a company. */
export function organizationName(text: string) {
  const name = lineFrom(text, ORGANIZATION_NAME_LENGTH_MAX);
  return name
    ? accept(name)
    : refuse('NAME_INVALID', `A name has 1 to ${ORGANIZATION_NAME_LENGTH_MAX} visible characters.`, { path: ['name'] });
}

/**
 * Decides whether a company may be placed under a parent, whose ancestors are given from the parent itself upwards. A
 * company never stands above itself.
 */
export function placeUnder(organizationId: OrganizationId | null, ancestors: readonly OrganizationId[]) {
  if (ancestors.length === 0) return refuse('ORGANIZATION_NOT_FOUND', 'There is no such parent organization.', { path: ['parentId'] });
  if (organizationId && ancestors.includes(organizationId))
    return refuse('ORGANIZATION_CYCLE', 'An organization cannot be its own parent, directly or through others.', { path: ['parentId'] });
  if (ancestors.length >= ORGANIZATION_DEPTH_MAX)
    return refuse('ORGANIZATION_TOO_DEEP', `Organizations nest at most ${ORGANIZATION_DEPTH_MAX} deep.`, { path: ['parentId'] });
  return accept(null);
}

/** Decides whether one more account can be opened for a company that has so many. */
export function openOneMore(accounts: number) {
  return accounts < ORGANIZATION_ACCOUNTS_MAX
    ? accept(null)
    : refuse('ACCOUNTS_LIMIT_REACHED', `An organization has at most ${ORGANIZATION_ACCOUNTS_MAX} billing accounts.`, {
        path: ['organizationId'],
      });
}

/** An organization that is unknown or out of reach. */
export const organizationNotFound = () => refuse('ORGANIZATION_NOT_FOUND', 'There is no such organization.', { path: ['organizationId'] });
