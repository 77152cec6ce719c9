import { idFromUuid } from '#kernel/ids';
import { ORGANIZATION_ACCOUNTS_MAX, ORGANIZATION_DEPTH_MAX, openOneMore, organizationName, placeUnder } from './organization';

const organization = (n: number) => idFromUuid('organization', `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const chain = (length: number) => Array.from({ length }, (_, n) => organization(n + 1));
const code = (result: ReturnType<typeof placeUnder>) => (result.ok ? 'placed' : result.refusal.code);

test('a company is placed under a parent that exists', () => {
  expect(code(placeUnder(null, chain(1)))).toBe('placed');
  expect(code(placeUnder(organization(99), chain(3)))).toBe('placed');
  expect(code(placeUnder(null, []))).toBe('ORGANIZATION_NOT_FOUND');
});

test('a company never stands above itself', () => {
  expect(code(placeUnder(organization(1), chain(1)))).toBe('ORGANIZATION_CYCLE');
  expect(code(placeUnder(organization(3), chain(3)))).toBe('ORGANIZATION_CYCLE');
});

test('a family of companies has a depth', () => {
  expect(code(placeUnder(null, chain(ORGANIZATION_DEPTH_MAX - 1)))).toBe('placed');
  expect(code(placeUnder(null, chain(ORGANIZATION_DEPTH_MAX)))).toBe('ORGANIZATION_TOO_DEEP');
});

test('a company has a name and a bounded number of payers', () => {
  expect(organizationName(' Northwind ')).toEqual({ ok: true, value: 'Northwind' });
  expect(organizationName('')).toMatchObject({ ok: false, refusal: { code: 'NAME_INVALID' } });
  expect(openOneMore(ORGANIZATION_ACCOUNTS_MAX - 1).ok).toBe(true);
  expect(openOneMore(ORGANIZATION_ACCOUNTS_MAX)).toMatchObject({ ok: false, refusal: { code: 'ACCOUNTS_LIMIT_REACHED' } });
});
