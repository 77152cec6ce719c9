import { screenedName } from '#kernel/text';
import { screened, screenedValues } from './screening';

test.each([
  ['ÁCME,  Ltd.', 'acme ltd'],
  ['  acme ltd', 'acme ltd'],
  ['ＡＣＭＥ Ltd', 'acme ltd'],
  ['…', ''],
])('the name %j is compared as %j', (name, compared) => {
  expect(screenedName(name)).toBe(compared);
});

test('each party is screened once, by name and by country', () => {
  const parties = {
    name: 'Acme',
    organizationName: 'ACME',
    billToName: 'Ann Lee',
    billToCountry: 'US',
    soldToName: 'Bo Li',
    soldToCountry: 'US',
  };
  expect(screenedValues(parties)).toEqual({ names: ['acme', 'ann lee', 'bo li'], countries: ['US'] });
});

test('a met restriction rejects without telling which', () => {
  expect(screened([]).isClear).toBe(true);
  const rejected = screened([{ kind: 'PARTY', value: 'acme' }]);
  expect(rejected.isClear).toBe(false);
  expect(rejected.reason).not.toContain('acme');
});
