import type { Id } from '#kernel/ids';
import { networkFrom } from '#kernel/networks';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { clientNotFound, restrict } from '../domain/client';
import type { PartnersEvents } from '../events/published';
import { clientForUpdate, updateClient } from '../store/clients';
import type { ClientRow } from '../store/tables';
import { announceRestriction } from './announce';

export interface RestrictPartnerClient {
  readonly clientId: Id<'partnerClient'>;
  readonly allowedNetworks: readonly string[];
}

/** Says from where a client may be used. It holds at once, for tokens that it was given before as well. */
export async function restrictPartnerClient(work: Work<PartnersEvents>, request: RestrictPartnerClient): Promise<Result<ClientRow>> {
  const client = await clientForUpdate(work.tx, request.clientId);
  if (!client || client.revokedAt) return clientNotFound();
  const allowed = restrict(request.allowedNetworks.map(networkFrom));
  if (!allowed.ok) return allowed;

  const after = await updateClient(work.tx, client.id, { allowedNetworks: allowed.value });
  announceRestriction(work, after);
  return accept(after);
}
