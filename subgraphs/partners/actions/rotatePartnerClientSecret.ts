import { newClientSecret } from '#kernel/auth/client-secret';
import type { Id } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import { clientNotFound, OLD_SECRET_HOURS_DEFAULT, rotate } from '../domain/client';
import type { PartnersEvents } from '../events/published';
import { clientForUpdate, expireSecrets, insertSecret, newestOrdinal } from '../store/clients';
import type { ClientWithSecret } from './createPartnerClient';

export interface RotatePartnerClientSecret {
  readonly clientId: Id<'partnerClient'>;
  readonly oldSecretValidHours?: number | null;
}

export async function rotatePartnerClientSecret(
  work: Work<PartnersEvents>,
  request: RotatePartnerClientSecret,
): Promise<Result<ClientWithSecret>> {
  const client = await clientForUpdate(work.tx, request.clientId);
  if (!client) return clientNotFound();
  const rotated = rotate(client, request.oldSecretValidHours ?? OLD_SECRET_HOURS_DEFAULT, work.now);
  if (!rotated.ok) return rotated;

  const newest = await newestOrdinal(work.tx, client.id);
  await expireSecrets(work.tx, client.id, newest - 1, rotated.value.olderExpireAt);
  await expireSecrets(work.tx, client.id, newest, rotated.value.replacedExpiresAt);
  const { secret, hash } = newClientSecret();
  const made = { createdBy: work.actor, createdAt: work.now };
  await insertSecret(work.tx, { clientId: client.id, ordinal: newest + 1, hash, ...made, expiresAt: null });
  return accept({ client, secret });
}
