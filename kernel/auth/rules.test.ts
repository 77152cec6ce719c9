import type { GraphQLResolveInfo } from 'graphql';
import { idFromUuid } from '../ids';
import { accountReference, accountStub, guardReference } from './references';
import { type Asked, anyone, both, either, nobody, open, ownAccount, type Rule, roles, scope, signedIn } from './rules';
import { anonymous, canSeeAccount, ROLES, type Viewer } from './viewer';

const mine = idFromUuid('account', '0'.repeat(31).concat('1'));
const theirs = idFromUuid('account', '0'.repeat(31).concat('2'));
const buyer: Viewer = { ...anonymous, subject: 'usr_1', roles: ['BUYER'], accounts: [mine] };
const partner: Viewer = { ...anonymous, subject: 'partner:pcl_1', roles: ['PARTNER'], scopes: ['marketplace.order:create'] };
const support: Viewer = { ...anonymous, subject: 'usr_2', roles: ['SUPPORT'] };
const info = {} as GraphQLResolveInfo;
const admits = (rule: Rule, viewer: Viewer, args: Asked['args'] = {}) => rule.admits({ viewer, args, parent: undefined, info });

test.each<[string, Rule, readonly [boolean, boolean, boolean, boolean]]>([
  // ............................................. anonymous, buyer, partner, support
  ['open', open, [true, true, true, true]],
  ['anyone', anyone, [true, true, true, true]],
  ['signed in', signedIn, [false, true, true, true]],
  ['nobody', nobody, [false, false, false, false]],
  ['BUYER or SUPPORT', roles('BUYER', 'SUPPORT'), [false, true, false, true]],
  ['scope marketplace.order:create', scope('marketplace.order:create'), [false, false, true, false]],
  ['(BUYER or scope marketplace.order:create)', either(roles('BUYER'), scope('marketplace.order:create')), [false, true, true, false]],
  ['(PARTNER and scope dealreg:write)', both(roles('PARTNER'), scope('dealreg:write')), [false, false, false, false]],
  ['(PARTNER and signed in)', both(roles('PARTNER'), signedIn), [false, false, true, false]],
])('%s', async (name, rule, expected) => {
  expect(rule.name).toBe(name);
  expect(await Promise.all([anonymous, buyer, partner, support].map(viewer => admits(rule, viewer)))).toEqual(expected);
});

test("an account named in the input is the viewer's own, or the viewer is staff", async () => {
  const rule = ownAccount();
  expect(await admits(rule, buyer, { input: { billingAccountId: mine } })).toBe(true);
  expect(await admits(rule, buyer, { input: { billingAccountId: theirs } })).toBe(false);
  expect(await admits(rule, support, { input: { billingAccountId: theirs } })).toBe(true);
  expect(await admits(ownAccount('id'), buyer, { id: mine })).toBe(true);
  for (const args of [
    {},
    { input: null },
    { input: 'x' },
    { input: { billingAccountId: [mine] } },
    { input: Object.create({ billingAccountId: mine }) },
  ]) {
    expect(await admits(rule, support, args)).toBe(false);
  }
});

test.each(ROLES)('whether %s sees the account of others', role => {
  const viewer: Viewer = { ...anonymous, subject: 'somebody', roles: [role], accounts: [mine] };
  expect(canSeeAccount(viewer, mine)).toBe(true);
  expect(canSeeAccount(viewer, theirs)).toBe(['SUPPORT', 'SALES', 'FINANCE', 'OPERATOR'].includes(role));
});

describe('references', () => {
  const reference = (id: string) => ({ __typename: 'BillingAccount', id });

  test("another's is not there, as what does not exist is not there", async () => {
    const resolve = accountReference(
      async ({ id }, _context: { readonly viewer: Viewer }) => (id === theirs ? { accountId: theirs } : null),
      row => row.accountId,
    );
    expect(await resolve(reference(theirs), { viewer: buyer })).toBeNull();
    expect(await resolve(reference('nowhere'), { viewer: buyer })).toBeNull();
    expect(await resolve(reference(theirs), { viewer: support })).toEqual({ accountId: theirs });
  });

  test('a stub of an account is passed on to who may see it', () => {
    expect(accountStub(reference(mine), { viewer: buyer })).toEqual({ id: mine });
    expect(accountStub(reference(theirs), { viewer: buyer })).toBeNull();
    expect(accountStub(reference('garbage'), { viewer: support })).toBeNull();
    expect(accountStub({ __typename: 'BillingAccount' }, { viewer: support })).toBeNull();
  });

  test('a rule in front of a reference says FORBIDDEN, and nothing is loaded', async () => {
    const load = jest.fn();
    const resolve = guardReference(roles('FINANCE'), load);
    await expect(resolve(reference(mine), { viewer: buyer })).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(load).not.toHaveBeenCalled();
  });
});
