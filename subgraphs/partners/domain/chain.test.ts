import { chainOf } from './chain';
import type { PartnerKind, PartnerTrack } from './partner';

const partner = (kind: PartnerKind, track: PartnerTrack = 'OPEN', isActive = true) => ({ kind, track, isActive });
const code = (...args: Parameters<typeof chainOf>) => {
  const chain = chainOf(...args);
  return chain.ok ? 'accepted' : chain.refusal.code;
};

test.each([
  ['an Open-track reseller', partner('RESELLER'), 'DISTRIBUTOR_REQUIRED'],
  ['a technology partner', partner('MSP', 'TECHNOLOGY'), 'DISTRIBUTOR_REQUIRED'],
  ['a Select reseller', partner('RESELLER', 'SELECT'), 'accepted'],
  ['a distributor', partner('DISTRIBUTOR'), 'accepted'],
  ['a cloud marketplace', partner('CLOUD_MARKETPLACE'), 'accepted'],
  ['a referral partner', partner('REFERRAL', 'SELECT'), 'PARTNER_MAY_NOT_ORDER'],
  ['an inactive distributor', partner('DISTRIBUTOR', 'OPEN', false), 'PARTNER_INACTIVE'],
])('C1: %s orders for itself: %s', (_who, buyer, outcome) => expect(code(buyer, null, false)).toBe(outcome));

test('a distributor orders for a reseller that it works with, and for no other', () => {
  const distributor = partner('DISTRIBUTOR');
  expect(code(distributor, partner('RESELLER'), true)).toBe('accepted');
  expect(code(distributor, partner('RESELLER'), false)).toBe('RESELLER_NOT_FOUND');
  expect(code(distributor, partner('RESELLER', 'OPEN', false), true)).toBe('RESELLER_NOT_FOUND');
  expect(code(partner('RESELLER', 'SELECT'), partner('RESELLER'), true)).toBe('RESELLER_NOT_FOUND');
});

test('C4: what stands between us and the customer makes the deal', () => {
  const managed = chainOf(partner('DISTRIBUTOR', 'SELECT'), partner('MSP'), true);
  expect(managed).toMatchObject({
    value: { hasDistributor: true, hasReseller: true, track: 'SELECT', dealKind: 'MSP', dealType: 'MSP', channel: 'DISTRIBUTOR' },
  });
  const market = chainOf(partner('CLOUD_MARKETPLACE'), null, false);
  expect(market).toMatchObject({
    value: { hasDistributor: false, dealKind: 'CLOUD_MARKETPLACE', dealType: 'RESALE', channel: 'CLOUD_MARKETPLACE' },
  });
});
