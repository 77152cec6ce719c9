import type { OrganizationId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { organizationName, placeUnder } from '../domain/organization';
import type { CustomersEvents } from '../events/published';
import { ancestorsOf, insertOrganization, lockFamilies } from '../store/organizations';
import type { OrganizationRow } from '../store/tables';
import { announceOrganization } from './announce';
import { keepOfOrganization } from './audit-trail';

export interface CreateOrganization {
  readonly name: string;
  readonly parentId?: OrganizationId | null;
}

export async function createOrganization(work: Work<CustomersEvents>, request: CreateOrganization): Promise<Result<OrganizationRow>> {
  const name = organizationName(request.name);
  if (!name.ok) return name;
  const parentId = request.parentId ?? null;
  if (parentId) {
    await lockFamilies(work.tx);
    const place = placeUnder(null, await ancestorsOf(work.tx, parentId));
    if (!place.ok) return place;
  }
  const organization = await insertOrganization(work.tx, {
    id: work.newId('organization'),
    name: name.value,
    parentId,
    version: 1,
    createdAt: work.now,
  });
  await keepOfOrganization(work, organization.id, { action: 'ORGANIZATION_CREATED', subject: organization.id });
  announceOrganization(work, organization);
  return accept(organization);
}
