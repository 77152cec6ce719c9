import type { Id } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { clientNotFound, revoke } from '../domain/client';
import type { PartnersEvents } from '../events/published';
import { clientForUpdate, expireSecrets, newestOrdinal, updateClient } from '../store/clients';
import type { ClientRow } from '../store/tables';
import { announceRevocation } from './announce';

export interface RevokePartnerClient {
  readonly clientId: Id<'partnerClient'>;
}

export async function revokePartnerClient(work: Work<PartnersEvents>, request: RevokePartnerClient): Promise<Result<ClientRow>> {
  const client = await clientForUpdate(work.tx, request.clientId);
  if (!client) return clientNotFound();
  const revoked = revoke(client, work.now);
  if (!revoked.ok) return revoked;

  await expireSecrets(work.tx, client.id, await newestOrdinal(work.tx, client.id), work.now);
  const after = await updateClient(work.tx, client.id, { ...revoked.value, revokedBy: work.actor });
  announceRevocation(work, after);
  return accept(after);
}
