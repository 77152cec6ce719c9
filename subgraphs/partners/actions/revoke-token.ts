import { isId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { PartnersEvents } from '../events/published';

/** A client gives one of its tokens back: every gateway hears of it and believes the token no longer. Told twice, it is the same. */
export async function revokeToken(
  work: Work<PartnersEvents>,
  { clientId, tokenId, expiresAt }: { readonly clientId: string; readonly tokenId: string; readonly expiresAt: string },
): Promise<Result<null>> {
  if (isId('partnerClient', clientId))
    work.announce('TokenRevoked.v1', { subject: clientId, accountId: null }, { tokenId, clientId, expiresAt });
  return accept(null);
}
