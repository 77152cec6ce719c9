import { idFromUuid } from '#kernel/ids';
import { afterAuthorization, askAgain, canCapture, PAYMENT_STATUSES, providerKeyOf, takeChallenge } from './payment';

const cardA = idFromUuid('paymentMethod', '01890000-0000-7000-8000-00000000000a');
const cardB = idFromUuid('paymentMethod', '01890000-0000-7000-8000-00000000000b');
const asked = (status: (typeof PAYMENT_STATUSES)[number]) => ({ status, paymentMethodId: cardA, tries: 1 });

test.each([
  ['REQUESTED', { next: 'ASK', tries: 1, releasesOldTry: false }],
  ['REQUIRES_ACTION', { next: 'ANSWER_REQUIRES_ACTION' }],
  ['AUTHORIZED', { next: 'ANSWER_AUTHORIZED' }],
  ['CAPTURED', { next: 'ANSWER_AUTHORIZED' }],
  ['FAILED', { next: 'ASK', tries: 2, releasesOldTry: false }],
] as const)('asking again with the same card for a %s payment', (status, decision) => {
  expect(askAgain(asked(status), cardA)).toEqual(decision);
});

test.each([
  ['REQUESTED', { next: 'ASK', tries: 2, releasesOldTry: true }],
  ['REQUIRES_ACTION', { next: 'ASK', tries: 2, releasesOldTry: true }],
  ['AUTHORIZED', { next: 'ANSWER_AUTHORIZED' }],
  ['CAPTURED', { next: 'ANSWER_AUTHORIZED' }],
  ['FAILED', { next: 'ASK', tries: 2, releasesOldTry: false }],
] as const)('asking again with another card for a %s payment', (status, decision) => {
  expect(askAgain(asked(status), cardB)).toEqual(decision);
});

test.each([
  ['REQUESTED', 'AUTHORIZED', 'AUTHORIZED'],
  ['REQUESTED', 'REQUIRES_ACTION', 'REQUIRES_ACTION'],
  ['REQUESTED', 'DECLINED', 'FAILED'],
  ['REQUIRES_ACTION', 'AUTHORIZED', 'AUTHORIZED'],
  ['REQUIRES_ACTION', 'REQUIRES_ACTION', undefined],
  ['REQUIRES_ACTION', 'DECLINED', 'FAILED'],
  ['AUTHORIZED', 'DECLINED', undefined],
  ['CAPTURED', 'AUTHORIZED', undefined],
  ['FAILED', 'AUTHORIZED', undefined],
] as const)('a %s payment that the provider answers %s becomes %s', (status, result, next) => {
  const outcome = result === 'DECLINED' ? { result, reason: 'Insufficient funds.' } : { result };
  expect(afterAuthorization({ status, tries: 1 }, 1, outcome)?.status).toBe(next);
});

test('the answer to an old try does not touch the new one', () => {
  expect(afterAuthorization({ status: 'REQUESTED', tries: 2 }, 1, { result: 'DECLINED', reason: 'Lost card.' })).toBeNull();
});

test('a try keeps its key, a new try has another', () => {
  const id = idFromUuid('payment', '01890000-0000-7000-8000-0000000000ff');
  expect(providerKeyOf({ id, tries: 1 })).toBe(providerKeyOf({ id, tries: 1 }));
  expect(providerKeyOf({ id, tries: 2 })).not.toBe(providerKeyOf({ id, tries: 1 }));
});

test('only a payment that waits for the buyer takes the answer to a challenge', () => {
  expect(PAYMENT_STATUSES.filter(status => takeChallenge({ status }).ok)).toEqual(['REQUIRES_ACTION']);
});

test('only reserved money is taken', () => {
  expect(PAYMENT_STATUSES.filter(status => canCapture({ status }))).toEqual(['AUTHORIZED']);
});
