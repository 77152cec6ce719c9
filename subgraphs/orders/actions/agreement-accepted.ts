import type { Work } from '#kernel/work';
import type { AgreementAccepted } from '../../customers/events/published';
import type { OrdersEvents } from '../events/published';
import { ordersAwaitingAgreement } from '../store/orders';
import { completeStep } from './answer-step';

/** C6: the customer has accepted the licence agreement. Every order that waited for it goes on to its licence. */
export async function agreementAccepted(work: Work<OrdersEvents>, { accountId, kind, version }: AgreementAccepted): Promise<void> {
  if (kind !== 'EULA') return;
  for (const { orderId, attempts } of await ordersAwaitingAgreement(work.tx, accountId)) {
    await completeStep(work, { accountId, orderId, kind: 'AGREEMENT', attempt: attempts }, `Licence agreement ${version} accepted.`);
  }
}
