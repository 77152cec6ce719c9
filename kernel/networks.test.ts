import { isWithin, networkFrom, networksFrom } from './networks';

test.each([
  ['203.0.113.7', '203.0.113.7/32'],
  ['203.0.113.77/24', '203.0.113.0/24'],
  ['10.9.8.7/13', '10.8.0.0/13'],
  [' 2001:db8::1/32 ', '2001:db8::/32'],
  ['2001:DB8::1', '2001:db8::1/128'],
  ['::ffff:203.0.113.7', '203.0.113.7/32'],
  ['0.0.0.0/0', '0.0.0.0/0'],
])('%s is the network %s', (text, network) => {
  expect(networkFrom(text)).toBe(network);
});

test.each([
  '',
  'partner.example',
  '203.0.113',
  '3405803783',
  '0x7f.1',
  '203.0.113.7/33',
  '2001:db8::/129',
  '203.0.113.7/',
  '203.0.113.7/-1',
  '1.2.3.4/24/24',
  '256.1.1.1',
])('“%s” is no network', text => {
  expect(networkFrom(text)).toBeNull();
});

test('an address lies in a network of its own kind, and one that was mapped into IPv6 is what it was', () => {
  const networks = networksFrom(['203.0.113.0/24', '2001:db8::/32', 'nonsense']);
  const inside = ['203.0.113.0', '203.0.113.255', '::ffff:203.0.113.9', '2001:db8:ffff::1'];
  const outside = ['203.0.114.0', '2001:db9::1', '::1', 'unknown', ''];
  expect(inside.map(address => isWithin(address, networks))).toEqual(inside.map(() => true));
  expect(outside.map(address => isWithin(address, networks))).toEqual(outside.map(() => false));
});
