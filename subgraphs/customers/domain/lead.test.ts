import { day } from '#kernel/time';
import { afterSignal, close, type LeadStatus, messageFrom, replay, usageSignal } from './lead';

const earlier = (status: LeadStatus, closedOn: string | null = null) => ({
  status,
  lastSignalOn: day('2026-06-01'),
  closedOn: closedOn === null ? null : day(closedOn),
});

test.each([
  ['the first signal opens a lead', null, 'USAGE_SIGNAL', '2026-06-15', 'OPEN'],
  ['a later one of an open lead is counted', earlier('OPEN'), 'USAGE_SIGNAL', '2026-06-02', 'COUNT'],
  ['one of the same day was counted before', earlier('OPEN'), 'USAGE_SIGNAL', '2026-06-01', 'NOTHING'],
  ['one that comes late changes nothing', earlier('OPEN'), 'TRIAL', '2026-05-20', 'NOTHING'],
  ['a hand that is raised twice on a day counts twice', earlier('OPEN'), 'HAND_RAISE', '2026-06-01', 'COUNT'],
  ['what was closed lately stays quiet', earlier('DISMISSED', '2026-06-10'), 'USAGE_SIGNAL', '2026-09-07', 'NOTHING'],
  ['after 90 days it is news again', earlier('DISMISSED', '2026-06-10'), 'USAGE_SIGNAL', '2026-09-08', 'OPEN'], // 10 June + 90 days
  ['who raises a hand is always heard', earlier('CONVERTED', '2026-06-10'), 'HAND_RAISE', '2026-06-11', 'OPEN'],
] as const)('%s', (_sentence, lead, source, on, outcome) => {
  expect(afterSignal(lead, source, day(on))).toBe(outcome);
});

test.each([
  [17, null], // 17 ÷ 20 = 85 %
  [18, '18 of 20 seats are in use.'], // 90 %
  [23, '23 of 20 seats are in use.'],
])('%i users on 20 seats tell sales: %s', (usersMax, told) => {
  expect(usageSignal({ seats: 20, usersMax })).toBe(told);
});

test('without seats there is nothing to sell more of', () => {
  expect(usageSignal({ seats: 0, usersMax: 5 })).toBeNull();
});

test('an open lead is closed with a reason, and once', () => {
  expect(close({ status: 'OPEN' }, 'CONVERTED', 'Bought 20 seats')).toEqual({
    ok: true,
    value: { status: 'CONVERTED', closedReason: 'Bought 20 seats' },
  });
  expect(close({ status: 'OPEN' }, 'DISMISSED', ' ')).toMatchObject({ refusal: { code: 'REASON_INVALID' } });
  expect(close({ status: 'DISMISSED' }, 'CONVERTED', 'Bought')).toMatchObject({ refusal: { code: 'LEAD_CLOSED' } });
});

test('a lead is not sent twice at the same time', () => {
  expect(replay({ status: 'FAILED' })).toEqual({ ok: true, value: { status: 'REQUESTED' } });
  expect(replay({ status: 'DELIVERED' }).ok).toBe(true);
  expect(replay({ status: 'REQUESTED' })).toMatchObject({ refusal: { code: 'LEAD_DELIVERY_PENDING' } });
});

test('a message is a line that a person can read', () => {
  expect(messageFrom('  We grow\nto 50 people. ')).toEqual({ ok: true, value: 'We grow to 50 people.' });
  expect(messageFrom('')).toMatchObject({ refusal: { code: 'MESSAGE_INVALID' } });
});
