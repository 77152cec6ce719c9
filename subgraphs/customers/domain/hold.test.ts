import { HOLD_KINDS, place, release } from './hold';

test.each(HOLD_KINDS)('%s is placed once and lifted once, with a reason', kind => {
  expect(place([], kind, 'overdue')).toEqual({ ok: true, value: { kind, reason: 'overdue' } });
  expect(place([{ kind }], kind, 'overdue')).toMatchObject({ ok: false, refusal: { code: 'HOLD_ALREADY_PLACED' } });
  expect(place([], kind, ' ')).toMatchObject({ ok: false, refusal: { code: 'REASON_INVALID' } });
  expect(release([{ kind }], kind, 'paid')).toEqual({ ok: true, value: { kind, reason: 'paid' } });
  expect(release([], kind, 'paid')).toMatchObject({ ok: false, refusal: { code: 'HOLD_NOT_PLACED' } });
  expect(release([{ kind }], kind, '')).toMatchObject({ ok: false, refusal: { code: 'REASON_INVALID' } });
});
