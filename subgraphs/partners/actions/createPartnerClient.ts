import { newClientSecret } from '#kernel/auth/client-secret';
import type { PartnerId } from '#kernel/ids';
import { networkFrom } from '#kernel/networks';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { registerClient, restrict } from '../domain/client';
import { partnerInactive, partnerNotFound } from '../domain/partner';
import type { PartnersEvents } from '../events/published';
import { clientsCount, insertClient, insertSecret } from '../store/clients';
import { partnerForUpdate } from '../store/partners';
import type { ClientRow } from '../store/tables';
import { announceRestriction } from './announce';

export interface CreatePartnerClient {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly allowedNetworks?: readonly string[] | null;
}

/** A client and its new secret, which is known here and to whoever asked, and nowhere else. */
export interface ClientWithSecret {
  readonly client: ClientRow;
  readonly secret: string;
}

export async function createPartnerClient(work: Work<PartnersEvents>, request: CreatePartnerClient): Promise<Result<ClientWithSecret>> {
  const partner = await partnerForUpdate(work.tx, request.partnerId);
  if (!partner) return partnerNotFound();
  if (!partner.isActive) return partnerInactive();
  const registered = registerClient(request, await clientsCount(work.tx, partner.id));
  if (!registered.ok) return registered;
  const allowed = restrict((request.allowedNetworks ?? []).map(networkFrom));
  if (!allowed.ok) return allowed;

  const made = { createdBy: work.actor, createdAt: work.now };
  const client = await insertClient(work.tx, {
    id: work.newId('partnerClient'),
    partnerId: partner.id,
    ...registered.value,
    allowedNetworks: allowed.value,
    ...made,
    lastUsedAt: null,
    revokedBy: null,
    revokedAt: null,
  });
  const { secret, hash } = newClientSecret();
  await insertSecret(work.tx, { clientId: client.id, ordinal: 1, hash, ...made, expiresAt: null });
  if (client.allowedNetworks.length > 0) announceRestriction(work, client);
  return accept({ client, secret });
}
