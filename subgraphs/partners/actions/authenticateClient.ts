import { isSecretOf } from '#kernel/auth/client-secret';
import { isId, type PartnerId } from '#kernel/ids';
import { accept, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import { isNewVisit } from '../domain/client';
import type { PartnersEvents } from '../events/published';
import { clientNamed, updateClient, validHashes } from '../store/clients';
import { partnerById } from '../store/partners';

export interface AuthenticateClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a token is made from. */
export interface AuthenticatedClient {
  readonly clientId: string;
  readonly partnerId: PartnerId;
  readonly scopes: readonly string[];
}

/** An unknown client, a wrong or expired secret, a revoked client and an inactive partner are refused in the same words. */
export async function authenticateClient(work: Work<PartnersEvents>, request: AuthenticateClient): Promise<Result<AuthenticatedClient>> {
  const client = isId('partnerClient', request.clientId) ? await clientNamed(work.tx, request.clientId) : null;
  const isKnown = isSecretOf(request.clientSecret, client ? await validHashes(work.tx, client.id, work.now) : []);
  const [partner] = client ? await partnerById.batch(work.tx, [client.partnerId]) : [];
  if (!client || !isKnown || client.revokedAt || !partner?.isActive) {
    return refuse('CLIENT_UNKNOWN', 'The client is unknown, or its secret is not valid.');
  }
  if (isNewVisit(client.lastUsedAt, work.now)) await updateClient(work.tx, client.id, { lastUsedAt: work.now });
  return accept({ clientId: client.id, partnerId: client.partnerId, scopes: client.scopes });
}
