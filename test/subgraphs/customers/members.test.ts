import type { Viewer } from '../../../kernel/auth/viewer';
import { buyerOf, sales, support } from '../../support/viewers';
import { key, mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene?.house.close());

const MEMBERSHIP = 'membership { id role isActive version user { id email name } }';
const INVITATION = 'invitation { id email role expiresAt accountName }';
const code = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(error => error.code).join();
const run = (viewer: Viewer, name: string, input: object, fields = MEMBERSHIP) => mutate(scene.house, viewer, name, input, fields);
const grace: Viewer = { ...buyerOf(), subject: 'grace at the provider', email: 'Grace@northwind.example' };
const membersOf = async (id: string) =>
  (await scene.house.run(support, 'query ($id: ID!) { billingAccount(id: $id) { memberships { role user { email } } } }', { id })).data
    .billingAccount.memberships;

test('staff add a member at once, who is announced; twice is refused', async () => {
  const input = { billingAccountId: scene.a.id, email: 'Grace@Northwind.example', name: 'Grace', role: 'PURCHASER' };
  const { membership } = await run(sales, 'addMember', input);
  expect(membership).toMatchObject({
    role: 'PURCHASER',
    isActive: true,
    version: 1,
    user: { email: 'grace@northwind.example', name: 'Grace' },
  });
  const [event] = (await scene.house.announced('MembershipChanged.v1')).filter(one => one.subject === membership.id);
  expect(event?.data).toEqual({
    membershipId: membership.id,
    version: 1,
    accountId: scene.a.id,
    userId: membership.user.id,
    role: 'PURCHASER',
    isActive: true,
  });
  expect(code(await run(sales, 'addMember', input))).toBe('ALREADY_A_MEMBER');
  expect(code(await run(sales, 'addMember', { ...input, billingAccountId: 'acc_none' }))).toBe('BILLING_ACCOUNT_NOT_FOUND');
  expect(code(await run(sales, 'addMember', { ...input, email: 'new@northwind.example', name: '' }))).toBe('NAME_INVALID');
});

test('a dry run of adding shows the member and the person, and keeps neither', async () => {
  const input = { billingAccountId: scene.a.id, email: 'grace@northwind.example', name: 'Grace', role: 'VIEWER', dryRun: true };
  expect((await run(sales, 'addMember', input)).membership).toMatchObject({ role: 'VIEWER', user: { name: 'Grace' } });
  expect(await membersOf(scene.a.id)).toHaveLength(2);
});

test('an owner makes another an owner, then leaves; the last owner stays', async () => {
  expect(code(await run(scene.ada, 'removeMember', { membershipId: scene.adaInA }))).toBe('LAST_OWNER');
  expect(code(await run(scene.ada, 'changeMemberRole', { membershipId: scene.adaInA, role: 'VIEWER' }))).toBe('LAST_OWNER');
  const input = { idempotencyKey: key(), membershipId: scene.eveInA, ifVersion: 1, role: 'OWNER' };
  const { membership } = await run(scene.ada, 'changeMemberRole', input);
  expect(membership).toMatchObject({ role: 'OWNER', version: 2, user: { name: 'Eve' } });
  expect((await run(scene.ada, 'changeMemberRole', input)).membership).toEqual(membership);
  expect(code(await run(scene.ada, 'changeMemberRole', { ...input, idempotencyKey: key() }))).toBe('VERSION_CHANGED');
  expect((await run(scene.ada, 'removeMember', { membershipId: scene.adaInA })).membership).toMatchObject({ isActive: false, version: 2 });
  expect(await membersOf(scene.a.id)).toEqual([{ role: 'OWNER', user: { email: 'eve@northwind.example' } }]);
  expect(code(await run(scene.ada, 'removeMember', { membershipId: scene.eveInA }))).toBe('NOT_PERMITTED');
  expect(code(await run(support, 'removeMember', { membershipId: scene.adaInA }))).toBe('MEMBERSHIP_NOT_FOUND');
});

test('two owners who demote each other at once leave one owner', async () => {
  await run(scene.ada, 'changeMemberRole', { membershipId: scene.eveInA, role: 'OWNER' });
  const outcomes = await Promise.all([
    run(scene.ada, 'changeMemberRole', { membershipId: scene.eveInA, role: 'VIEWER' }),
    run(scene.eve, 'changeMemberRole', { membershipId: scene.adaInA, role: 'VIEWER' }),
  ]);
  expect(outcomes.map(code).filter(refusal => refusal === '')).toHaveLength(1);
  expect((await membersOf(scene.a.id)).filter((member: { role: string }) => member.role === 'OWNER')).toHaveLength(1);
});

test('a viewer manages nobody but may leave; a stranger finds nobody', async () => {
  const invitation = { billingAccountId: scene.a.id, email: 'grace@northwind.example', role: 'VIEWER' };
  expect(code(await run(scene.eve, 'changeMemberRole', { membershipId: scene.eveInA, role: 'OWNER' }))).toBe('NOT_PERMITTED');
  expect(code(await run(scene.eve, 'removeMember', { membershipId: scene.adaInA }))).toBe('NOT_PERMITTED');
  expect(code(await run(scene.eve, 'inviteMember', invitation, INVITATION))).toBe('NOT_PERMITTED');
  expect(code(await run(scene.bob, 'changeMemberRole', { membershipId: scene.eveInA, role: 'OWNER' }))).toBe('MEMBERSHIP_NOT_FOUND');
  expect(code(await run(scene.bob, 'removeMember', { membershipId: scene.eveInA }))).toBe('MEMBERSHIP_NOT_FOUND');
  expect(code(await run(scene.bob, 'removeMember', { membershipId: "' or 1=1" }))).toBe('MEMBERSHIP_NOT_FOUND');
  expect(code(await run(scene.bob, 'inviteMember', invitation, INVITATION))).toBe('BILLING_ACCOUNT_NOT_FOUND');
  expect((await run(scene.eve, 'removeMember', { membershipId: scene.eveInA })).membership).toMatchObject({ isActive: false });
});

test('an invitation is taken up by the person it is made to, within seven days, once', async () => {
  const { invitation } = await run(
    scene.ada,
    'inviteMember',
    { billingAccountId: scene.a.id, email: 'grace@northwind.example', role: 'PURCHASER' },
    INVITATION,
  );
  expect(invitation).toMatchObject({
    email: 'grace@northwind.example',
    role: 'PURCHASER',
    expiresAt: '2026-06-22T12:00:00.000Z',
    accountName: 'Northwind',
  });
  expect((await scene.house.run(grace, '{ myInvitations { id accountName } }')).data).toEqual({
    myInvitations: [{ id: invitation.id, accountName: 'Northwind' }],
  });
  expect((await scene.house.run(scene.bob, '{ myInvitations { id } }')).data).toEqual({ myInvitations: [] });

  const accepting = { invitationId: invitation.id, name: 'Grace Hopper' };
  expect(code(await run(scene.bob, 'acceptInvitation', accepting))).toBe('INVITATION_NOT_FOUND');
  expect(code(await run(grace, 'acceptInvitation', { ...accepting, invitationId: 'ivt_none' }))).toBe('INVITATION_NOT_FOUND');
  expect((await run(grace, 'acceptInvitation', { ...accepting, dryRun: true })).membership).toMatchObject({
    role: 'PURCHASER',
    user: { name: 'Grace Hopper' },
  });
  expect((await run(grace, 'acceptInvitation', accepting)).membership).toMatchObject({
    role: 'PURCHASER',
    user: { email: 'grace@northwind.example' },
  });
  expect(code(await run(grace, 'acceptInvitation', accepting))).toBe('INVITATION_CLOSED');
  expect(code(await run(scene.ada, 'revokeInvitation', { invitationId: invitation.id }, INVITATION))).toBe('INVITATION_CLOSED');
  const me = await scene.house.run({ ...grace, accounts: [scene.a.id] }, '{ me { email memberships { role billingAccount { name } } } }');
  expect(me.data.me).toEqual({
    email: 'grace@northwind.example',
    memberships: [{ role: 'PURCHASER', billingAccount: { name: 'Northwind' } }],
  });
});

test('an invitation runs out after seven days and makes room for another', async () => {
  const invite = (email: string) => run(scene.ada, 'inviteMember', { billingAccountId: scene.a.id, email, role: 'VIEWER' }, INVITATION);
  const { invitation } = await invite('grace@northwind.example');
  for (let n = 2; n <= 15; n++) await invite(`person${n}@northwind.example`);
  expect(code(await invite('grace@northwind.example'))).toBe('ALREADY_INVITED');
  expect(code(await invite('ada@northwind.example'))).toBe('ALREADY_A_MEMBER');
  expect(code(await invite('sixteenth@northwind.example'))).toBe('INVITATIONS_LIMIT_REACHED');
  scene.house.setClock(new Date('2026-06-22T12:00:00Z'));
  expect(code(await run(grace, 'acceptInvitation', { invitationId: invitation.id, name: 'Grace' }))).toBe('INVITATION_EXPIRED');
  expect(code(await invite('sixteenth@northwind.example'))).toBe('');
});

test('an invitation is taken back by an owner, not by a stranger', async () => {
  const { invitation } = await run(
    scene.ada,
    'inviteMember',
    { billingAccountId: scene.a.id, email: 'grace@northwind.example', role: 'VIEWER' },
    INVITATION,
  );
  const input = { invitationId: invitation.id };
  expect(code(await run(scene.bob, 'revokeInvitation', input, INVITATION))).toBe('INVITATION_NOT_FOUND');
  expect(code(await run(scene.eve, 'revokeInvitation', input, INVITATION))).toBe('NOT_PERMITTED');
  expect(code(await run(scene.ada, 'revokeInvitation', { invitationId: 'x' }, INVITATION))).toBe('INVITATION_NOT_FOUND');
  expect(code(await run(scene.ada, 'revokeInvitation', input, INVITATION))).toBe('');
  expect(code(await run(grace, 'acceptInvitation', { invitationId: invitation.id, name: 'Grace' }))).toBe('INVITATION_CLOSED');
});

test('an account has at most 200 members', async () => {
  await scene.house.sql`with people as (
    insert into users select gen_random_uuid(), 'person' || n || '@example.com', 'Person', now() from generate_series(1, 198) n returning id)
    insert into memberships select ${`${scene.a.id.slice(4)}`}::uuid, gen_random_uuid(), id, 'VIEWER', true, 1, now() from people`;
  const input = { billingAccountId: scene.a.id, email: 'late@northwind.example', name: 'Late', role: 'VIEWER' };
  expect(code(await run(sales, 'addMember', input))).toBe('MEMBERS_LIMIT_REACHED');
});
