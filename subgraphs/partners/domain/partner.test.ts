import { buysDirectly, changePartner, PARTNER_KINDS, PARTNER_TRACKS, register } from './partner';
import { end, relate } from './relationship';

const distributor = { kind: 'DISTRIBUTOR', isActive: true } as const;
const reseller = { kind: 'RESELLER', isActive: true } as const;
const outcome = (result: { readonly ok: boolean; readonly refusal?: { readonly code: string } }) => result.refusal?.code ?? 'accepted';

test('a partner has a name, a kind and a track, and is active', () => {
  expect(register({ name: ' Arrow ', kind: 'DISTRIBUTOR', track: 'OPEN' })).toEqual({
    ok: true,
    value: { name: 'Arrow', kind: 'DISTRIBUTOR', track: 'OPEN', isActive: true },
  });
  expect(outcome(register({ name: '', kind: 'DISTRIBUTOR', track: 'OPEN' }))).toBe('NAME_INVALID');
});

test('open-track resellers buy through a distributor, select ones may buy directly', () => {
  const direct = PARTNER_KINDS.flatMap(kind =>
    PARTNER_TRACKS.filter(track => buysDirectly({ kind, track })).map(track => `${kind} ${track}`),
  );
  expect(direct).toEqual([
    'DISTRIBUTOR OPEN',
    'DISTRIBUTOR SELECT',
    'DISTRIBUTOR TECHNOLOGY',
    'RESELLER SELECT',
    'MSP SELECT',
    'REFERRAL SELECT',
    'CLOUD_MARKETPLACE OPEN',
    'CLOUD_MARKETPLACE SELECT',
    'CLOUD_MARKETPLACE TECHNOLOGY',
  ]);
});

test('what is absent in a change stays', () => {
  const partner = { name: 'Arrow', track: 'OPEN', isActive: true } as const;
  expect(changePartner(partner, {})).toEqual({ ok: true, value: partner });
  expect(changePartner(partner, { track: 'SELECT', isActive: false })).toEqual({
    ok: true,
    value: { name: 'Arrow', track: 'SELECT', isActive: false },
  });
  expect(outcome(changePartner(partner, { name: '\u0000' }))).toBe('NAME_INVALID');
});

test.each([
  [distributor, reseller, null, 'accepted'],
  [distributor, { ...reseller, kind: 'MSP' }, null, 'accepted'],
  [distributor, reseller, { isActive: false }, 'accepted'],
  [distributor, reseller, { isActive: true }, 'RELATIONSHIP_EXISTS'],
  [reseller, reseller, null, 'PARTNER_KIND_MISMATCH'],
  [distributor, distributor, null, 'PARTNER_KIND_MISMATCH'],
  [distributor, { ...reseller, kind: 'REFERRAL' }, null, 'PARTNER_KIND_MISMATCH'],
  [{ ...distributor, isActive: false }, reseller, null, 'PARTNER_INACTIVE'],
  [distributor, { ...reseller, isActive: false }, null, 'PARTNER_INACTIVE'],
] as const)('%j and %j, who were %j, are related: %s', (first, second, current, answer) => {
  expect(outcome(relate(first, second, current))).toBe(answer);
});

test('a relationship ends once', () => {
  expect(end({ isActive: true })).toEqual({ ok: true, value: { isActive: false } });
  expect(outcome(end({ isActive: false }))).toBe('RELATIONSHIP_NOT_FOUND');
});
