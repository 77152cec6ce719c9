import type { AccountId, OrderId } from '#kernel/ids';
import type { Work } from '#kernel/work';
import { completed, declined, nudged, repeated } from '../domain/flow';
import type { StepFailure, StepKind } from '../domain/steps';
import type { OrdersEvents } from '../events/published';
import { goOn } from './go-on';

/** Which step of which order an answer is about. */
export interface StepOfOrder {
  readonly accountId: AccountId;
  readonly orderId: OrderId;
  readonly kind: StepKind;
  readonly attempt: number;
}

/** The owner of a step has carried it out: the order goes on. */
export async function completeStep(work: Work<OrdersEvents>, step: StepOfOrder, detail: string): Promise<void> {
  await goOn(work, { accountId: step.accountId, id: step.orderId }, (order, steps) => completed(order, steps, { ...step, detail }, work));
}

/** The owner of a step could not carry it out: it is tried again, or the order waits for a person. */
export async function failStep(work: Work<OrdersEvents>, step: StepOfOrder, failure: StepFailure): Promise<void> {
  await goOn(work, { accountId: step.accountId, id: step.orderId }, (order, steps) =>
    declined(order, steps, { ...step, ...failure }, work),
  );
}

/** The wait after a failure is over. */
export async function retryStep(work: Work<OrdersEvents>, step: StepOfOrder): Promise<void> {
  await goOn(work, { accountId: step.accountId, id: step.orderId }, (order, steps) => repeated(order, steps, step, work));
}

/** The owner of a step has been silent for too long. */
export async function remindOwner(work: Work<OrdersEvents>, key: { readonly accountId: AccountId; readonly id: OrderId }): Promise<void> {
  await goOn(work, key, (order, steps) => nudged(order, steps, work));
}
