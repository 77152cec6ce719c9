import type { OrganizationId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { fieldsChanged } from '../domain/audit';
import { organizationName, organizationNotFound, placeUnder } from '../domain/organization';
import type { CustomersEvents } from '../events/published';
import { updateAccount } from '../store/accounts';
import { accountsForUpdate, ancestorsOf, lockFamilies, organizationForUpdate, updateOrganizationRow } from '../store/organizations';
import type { OrganizationRow } from '../store/tables';
import { announceAccount, announceOrganization } from './announce';
import { keepOfOrganization } from './audit-trail';
import { unchangedSince } from './reach';

/** Absent leaves it as it is; a parent of null takes the company out of its family. */
export interface UpdateOrganization {
  readonly organizationId: OrganizationId;
  readonly ifVersion?: number | null;
  readonly name?: string | null;
  readonly parentId?: OrganizationId | null;
}

export async function updateOrganization(work: Work<CustomersEvents>, request: UpdateOrganization): Promise<Result<OrganizationRow>> {
  if (request.parentId) await lockFamilies(work.tx);
  const before = await organizationForUpdate(work.tx, request.organizationId);
  if (!before) return organizationNotFound();
  const unchanged = unchangedSince(before, request.ifVersion);
  if (!unchanged.ok) return unchanged;

  const name = organizationName(request.name ?? before.name);
  if (!name.ok) return name;
  if (request.parentId) {
    const place = placeUnder(before.id, await ancestorsOf(work.tx, request.parentId));
    if (!place.ok) return place;
  }
  const change = { name: name.value, parentId: request.parentId === undefined ? before.parentId : request.parentId };
  const fields = fieldsChanged(before, change);
  if (fields.length === 0) return accept(before);

  const after = await updateOrganizationRow(work.tx, before, change);
  await keepOfOrganization(work, after.id, { action: 'ORGANIZATION_UPDATED', subject: after.id, fields });
  announceOrganization(work, after);
  // An account is announced with its company's name, so it speaks again when that name changes.
  if (fields.includes('name')) {
    for (const account of await accountsForUpdate(work.tx, after.id))
      await announceAccount(work, await updateAccount(work.tx, account, {}));
  }
  return accept(after);
}
