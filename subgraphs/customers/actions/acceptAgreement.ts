import type { AccountId } from '#kernel/ids';
import { accept, type Result } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { Acting } from '../domain/access';
import { type AgreementKind, acceptVersion } from '../domain/agreement';
import type { CustomersEvents } from '../events/published';
import { saveAgreement } from '../store/accounts';
import type { AgreementRow } from '../store/tables';
import { announceAgreement } from './announce';
import { keep } from './audit-trail';
import { accountToChange } from './reach';

export interface AcceptAgreement {
  readonly billingAccountId: AccountId;
  readonly kind: AgreementKind;
  readonly version: string;
}

export async function acceptAgreement(work: Work<CustomersEvents>, request: AcceptAgreement, by: Acting): Promise<Result<AgreementRow>> {
  const reached = await accountToChange(work, request.billingAccountId, by, 'ACCEPT_AGREEMENT');
  if (!reached.ok) return reached;
  const accepted = acceptVersion(request.kind, request.version);
  if (!accepted.ok) return accepted;

  const { agreement, isNew } = await saveAgreement(work.tx, {
    accountId: reached.value.id,
    id: work.newId('agreement'),
    ...accepted.value,
    acceptedBy: work.actor,
    acceptedAt: work.now,
  });
  if (isNew) {
    await keep(work, agreement.accountId, { action: 'AGREEMENT_ACCEPTED', subject: agreement.id });
    announceAgreement(work, agreement);
  }
  return accept(agreement);
}
