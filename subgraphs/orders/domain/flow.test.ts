import { abandoned, begun, completed, declined, nudged, repeated, resumed } from './flow';
import { RETRY_DELAYS_MS } from './policy';
import type { Flowing, Progress } from './progress';
import type { Step, StepKind } from './steps';

const T0 = new Date('2026-03-01T09:00:00.000Z');
const at = (ms: number) => ({ now: new Date(T0.getTime() + ms), actor: 'usr_1' });
const onTerms: Flowing = { state: 'DRAFT', paymentMethodId: null, paymentTermsDays: 30, totalMinor: 228_000n, fulfilledAt: null };
const byCard: Flowing = { ...onTerms, paymentMethodId: 'pmt_1' };
const clear = { isClear: true, reason: 'No party of this order is restricted.' };

/** An order with its steps, as a store would keep them, moved by one progress after another. */
function story(order: Flowing, screening = clear) {
  let last = begun(order, screening, 'Placed.', at(0));
  let flowing: Flowing = { ...order, state: last.state };
  let steps: readonly Step[] = last.steps;
  return {
    get: () => ({ last, state: flowing.state, step: (kind: StepKind) => steps.find(step => step.kind === kind)! }),
    go(next: (flowing: Flowing, steps: readonly Step[]) => Progress | null) {
      const progress = next(flowing, steps);
      if (!progress) return false;
      last = progress;
      flowing = { ...flowing, state: progress.state, fulfilledAt: progress.fulfilledAt };
      steps = steps.map(step => progress.steps.find(changed => changed.kind === step.kind) ?? step);
      return true;
    },
  };
}

const answer = (kind: StepKind, attempt = 1) => ({ kind, attempt, detail: `${kind} is done` });
const failure = (kind: StepKind, attempt: number, isRetryable = true) => ({
  kind,
  attempt,
  code: 'NO_LUCK',
  message: 'Not now.',
  isRetryable,
});

test('an invoiced order is booked at once and asks for its subscriptions', () => {
  const { last, state, step } = story(onTerms).get();
  expect(state).toBe('PROVISIONING');
  expect(last.request).toEqual({ kind: 'SUBSCRIPTION', attempt: 1 });
  expect(last.entries.map(({ kind, step: about, detail }) => [kind, about, detail])).toEqual([
    ['ORDER_PLACED', null, 'Placed.'],
    ['STEP_DONE', 'SCREENING', clear.reason],
    ['STEP_DONE', 'PAYMENT', 'Net 30'],
    ['STEP_DONE', 'BOOKING', 'Booked.'],
    ['STEP_STARTED', 'SUBSCRIPTION', 'Asked subscriptions, attempt 1.'],
  ]);
  expect(step('INVOICE')).toMatchObject({ state: 'WAITING', attempts: 0 });
});

test('an order by card waits for its payment, and then goes through every step to the end', () => {
  const order = story(byCard);
  expect(order.get()).toMatchObject({ state: 'ACCEPTED', last: { request: { kind: 'PAYMENT', attempt: 1 } } });
  for (const [kind, state] of [
    ['PAYMENT', 'PROVISIONING'],
    ['SUBSCRIPTION', 'PROVISIONING'],
    ['INVOICE', 'PROVISIONING'],
    ['LICENSE', 'PROVISIONING'],
    ['DELIVERY', 'FULFILLED'],
  ] as const) {
    expect(order.go((flowing, steps) => completed(flowing, steps, answer(kind), at(100)))).toBe(true);
    expect(order.get().state).toBe(state);
  }
  expect(order.get().last).toMatchObject({ fulfilledAt: at(100).now, request: null });
});

test('doubled answers, and answers to an older try, change nothing', () => {
  const order = story(byCard);
  expect(order.go((flowing, steps) => completed(flowing, steps, answer('PAYMENT', 2), at(1)))).toBe(false);
  expect(order.go((flowing, steps) => completed(flowing, steps, answer('INVOICE'), at(1)))).toBe(false);
  expect(order.go((flowing, steps) => completed(flowing, steps, answer('PAYMENT'), at(1)))).toBe(true);
  expect(order.go((flowing, steps) => completed(flowing, steps, answer('PAYMENT'), at(2)))).toBe(false);
  expect(order.go((flowing, steps) => declined(flowing, steps, failure('PAYMENT', 1), at(2)))).toBe(false);
});

test('a failed step is tried again after 2 s, 8 s, 32 s, 2 min and 8 min, and then waits for a person', () => {
  const order = story(onTerms);
  const waits: number[] = [];
  for (let attempt = 1; attempt <= RETRY_DELAYS_MS.length; attempt++) {
    order.go((flowing, steps) => declined(flowing, steps, failure('SUBSCRIPTION', attempt), at(0)));
    const { last, state } = order.get();
    expect(state).toBe('PROVISIONING');
    waits.push(last.retry!.at.getTime() - T0.getTime());
    expect(order.go((flowing, steps) => repeated(flowing, steps, { kind: 'SUBSCRIPTION', attempt }, at(0)))).toBe(true);
  }
  expect(waits).toEqual([2_000, 8_000, 32_000, 120_000, 480_000]);
  order.go((flowing, steps) => declined(flowing, steps, failure('SUBSCRIPTION', 6), at(0)));
  expect(order.get()).toMatchObject({ state: 'ERROR', last: { retry: null, stopped: { kind: 'SUBSCRIPTION', code: 'NO_LUCK' } } });
  expect(order.get().step('SUBSCRIPTION')).toMatchObject({
    state: 'FAILED',
    attempts: 6,
    nextRetryAt: null,
    lastError: 'NO_LUCK: Not now.',
  });
});

test('a failure that no retry can heal stops the order at once, and a person starts it again with all retries ahead', () => {
  const order = story(onTerms);
  order.go((flowing, steps) => declined(flowing, steps, failure('SUBSCRIPTION', 1, false), at(0)));
  expect(order.get().state).toBe('ERROR');
  expect(
    order.go((flowing, steps) => {
      const again = resumed(flowing, steps, 'SUBSCRIPTION', at(0), 'The namespace was freed.');
      return again.ok ? again.value : null;
    }),
  ).toBe(true);
  expect(order.get()).toMatchObject({ state: 'PROVISIONING', last: { request: { kind: 'SUBSCRIPTION', attempt: 2 } } });
  order.go((flowing, steps) => declined(flowing, steps, failure('SUBSCRIPTION', 2), at(0)));
  expect(order.get().last.retry!.at).toEqual(at(2_000).now);
});

test('only the step that failed can be started again', () => {
  const order = story(onTerms);
  const refusal = (wanted: StepKind | null) => {
    let code = 'accepted';
    order.go((flowing, steps) => {
      const again = resumed(flowing, steps, wanted, at(0), 'because');
      if (!again.ok) code = again.refusal.code;
      return null;
    });
    return code;
  };
  expect(refusal(null)).toBe('NO_FAILED_STEP');
  order.go((flowing, steps) => declined(flowing, steps, failure('SUBSCRIPTION', 1, false), at(0)));
  expect(refusal('INVOICE')).toBe('NO_FAILED_STEP');
  expect(refusal('SUBSCRIPTION')).toBe('accepted');
});

test('a card that the buyer confirms after all takes up the order where it stopped', () => {
  const order = story(byCard);
  order.go((flowing, steps) => declined(flowing, steps, failure('PAYMENT', 1, false), at(0)));
  expect(order.get().state).toBe('ERROR');
  expect(order.go((flowing, steps) => completed(flowing, steps, answer('PAYMENT', 1), at(10)))).toBe(true);
  expect(order.get()).toMatchObject({ state: 'PROVISIONING', last: { request: { kind: 'SUBSCRIPTION' } } });
});

test('an order that nobody paid is closed for good: no card, no late confirmation and no person takes it up again', () => {
  const order = story(byCard);
  expect(order.go((flowing, steps) => abandoned(flowing, steps, at(0)))).toBe(false);
  order.go((flowing, steps) => declined(flowing, steps, failure('PAYMENT', 1, false), at(0)));
  expect(order.go((flowing, steps) => abandoned(flowing, steps, at(10)))).toBe(true);
  expect(order.get().state).toBe('CANCELLED');
  expect(order.go((flowing, steps) => completed(flowing, steps, answer('PAYMENT', 1), at(20)))).toBe(false);
  order.go((flowing, steps) => {
    expect(resumed(flowing, steps, 'PAYMENT', at(30), 'because')).toMatchObject({ ok: false, refusal: { code: 'ORDER_STATE_FORBIDS' } });
    return null;
  });
});

test('an order that stopped after it was paid is not closed', () => {
  const order = story(onTerms);
  order.go((flowing, steps) => declined(flowing, steps, failure('SUBSCRIPTION', 1, false), at(0)));
  expect(order.go((flowing, steps) => abandoned(flowing, steps, at(10)))).toBe(false);
});

test('a silent step is asked again after one minute, then two, four, eight and sixteen, for ever', () => {
  const order = story(onTerms);
  let ms = 0;
  const waits = Array.from({ length: 7 }, () => {
    const due = order.get().step('SUBSCRIPTION').answerDueAt!.getTime() - T0.getTime();
    expect(order.go((flowing, steps) => nudged(flowing, steps, at(due - 1)))).toBe(false);
    expect(order.go((flowing, steps) => nudged(flowing, steps, at(due)))).toBe(true);
    const waited = (due - ms) / 60_000;
    ms = due;
    return waited;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 16, 16]);
  expect(order.get()).toMatchObject({ state: 'PROVISIONING', last: { request: { kind: 'SUBSCRIPTION', attempt: 8 } } });
});

test('a restricted party rejects the order, and nothing is asked of anybody', () => {
  const { last, state, step } = story(byCard, { isClear: false, reason: 'Not possible.' }).get();
  expect(state).toBe('REJECTED');
  expect(last.request).toBeNull();
  expect(step('SCREENING')).toMatchObject({ state: 'FAILED', lastError: 'Not possible.' });
});
