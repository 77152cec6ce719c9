import { finance, operator, sales, support } from '../../support/viewers';
import { mutate, openScene } from './scene';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.house.close());

const ACCOUNT =
  'billingAccount { id number name currency sellingEntity paymentTermsDays segment isAutoPay isTaxExempt vatId version billTo { name email address { city country } } soldTo { name } holds { kind since } }';
const code = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(error => error.code).join();
const run = (viewer: Parameters<typeof mutate>[1], name: string, input: object, fields = ACCOUNT) =>
  mutate(scene.house, viewer, name, input, fields);
const latest = async (type: string, subject: string) =>
  (await scene.house.announced(type)).filter(event => event.subject === subject).at(-1);

test('a hold is placed and lifted with a reason, announced and audited', async () => {
  const { account } = await scene.open({});
  const hold = { billingAccountId: account.id, kind: 'CREDIT_HOLD', reason: '91 days overdue' };
  scene.house.setClock(new Date('2026-06-16T12:00:00Z'));
  const placed = await run(finance, 'placeHold', hold);
  expect(placed.billingAccount).toMatchObject({ holds: [{ kind: 'CREDIT_HOLD', since: '2026-06-16T12:00:00.000Z' }], version: 2 });
  expect((await latest('BillingAccountChanged.v1', account.id))?.data).toMatchObject({ version: 2, holds: ['CREDIT_HOLD'] });
  expect(code(await run(finance, 'placeHold', hold))).toBe('HOLD_ALREADY_PLACED');
  expect(code(await run(finance, 'placeHold', { ...hold, kind: 'PO_REQUIRED', reason: '' }))).toBe('REASON_INVALID');
  expect(code(await run(finance, 'placeHold', { ...hold, billingAccountId: 'acc_' }))).toBe('BILLING_ACCOUNT_NOT_FOUND');
  scene.house.setClock(new Date('2026-06-17T12:00:00Z'));
  expect((await run(operator, 'releaseHold', { ...hold, reason: 'paid' })).billingAccount).toMatchObject({ holds: [], version: 3 });
  expect(code(await run(operator, 'releaseHold', { ...hold, reason: 'paid' }))).toBe('HOLD_NOT_PLACED');

  const trail = await scene.house.run(
    support,
    'query ($account: ID!) { billingAccount(id: $account) { audit(first: 2) { nodes { at actor action subject reason fields } pageInfo { hasNextPage endCursor } } } }',
    { account: account.id },
  );
  expect(trail.data.billingAccount.audit).toMatchObject({
    nodes: [
      { actor: operator.subject, action: 'HOLD_RELEASED', subject: account.id, reason: 'paid', fields: ['CREDIT_HOLD'] },
      { actor: finance.subject, action: 'HOLD_PLACED', subject: account.id, reason: '91 days overdue' },
    ],
    pageInfo: { hasNextPage: true },
  });
  const rest = await scene.house.run(
    support,
    'query ($account: ID!, $after: String) { billingAccount(id: $account) { audit(first: 2, after: $after) { nodes { action } pageInfo { hasNextPage } } } }',
    { account: account.id, after: trail.data.billingAccount.audit.pageInfo.endCursor },
  );
  expect(rest.data.billingAccount.audit).toEqual({ nodes: [{ action: 'BILLING_ACCOUNT_CREATED' }], pageInfo: { hasNextPage: false } });
});

test('the trail is never edited', async () => {
  await expect(scene.house.sql`update audit_events set actor = 'nobody'`).rejects.toThrow();
  await expect(scene.house.sql`delete from audit_events`).rejects.toThrow();
});

test('an agreement is accepted once by version, and stays', async () => {
  const input = { billingAccountId: scene.a.id, kind: 'EULA', version: '2026-01' };
  const fields = 'agreement { id kind version acceptedAt acceptedBy }';
  const first = await run(scene.ada, 'acceptAgreement', input, fields);
  expect(first.agreement).toMatchObject({ kind: 'EULA', version: '2026-01', acceptedBy: scene.ada.subject });
  expect((await run(support, 'acceptAgreement', input, fields)).agreement).toEqual(first.agreement);
  expect(code(await run(scene.ada, 'acceptAgreement', { ...input, version: '1999-01' }, fields))).toBe('AGREEMENT_VERSION_UNKNOWN');
  const read = await scene.house.run(scene.ada, 'query ($id: ID!) { billingAccount(id: $id) { agreements { version } } }', {
    id: scene.a.id,
  });
  expect(read.data.billingAccount.agreements).toEqual([{ version: '2026-01' }]);
});

test('a company is renamed and its accounts follow; it never stands above itself', async () => {
  const fields = 'organization { id name version parent { name } billingAccounts { number } }';
  const parent = (await run(sales, 'createOrganization', { name: 'Holding' }, fields)).organization;
  const child = (await run(sales, 'createOrganization', { name: 'Child', parentId: parent.id }, fields)).organization;
  expect(child).toMatchObject({ parent: { name: 'Holding' }, billingAccounts: [], version: 1 });
  const { account } = await scene.open({ organizationId: child.id });
  const renamed = await run(sales, 'updateOrganization', { organizationId: child.id, ifVersion: 1, name: 'Grown Up' }, fields);
  expect(renamed.organization).toMatchObject({
    name: 'Grown Up',
    version: 2,
    parent: { name: 'Holding' },
    billingAccounts: [{ number: account.number }],
  });
  expect((await latest('OrganizationChanged.v1', child.id))?.data).toEqual({
    organizationId: child.id,
    version: 2,
    name: 'Grown Up',
    parentId: parent.id,
  });
  expect((await latest('BillingAccountChanged.v1', account.id))?.data).toMatchObject({ version: 2, organizationName: 'Grown Up' });

  expect(code(await run(sales, 'updateOrganization', { organizationId: parent.id, parentId: child.id }, fields))).toBe(
    'ORGANIZATION_CYCLE',
  );
  expect(code(await run(sales, 'updateOrganization', { organizationId: parent.id, parentId: 'org_none' }, fields))).toBe(
    'ORGANIZATION_NOT_FOUND',
  );
  expect(code(await run(sales, 'updateOrganization', { organizationId: 'org_none', name: 'x' }, fields))).toBe('ORGANIZATION_NOT_FOUND');
  expect(code(await run(sales, 'updateOrganization', { organizationId: child.id, ifVersion: 1, name: 'x' }, fields))).toBe(
    'VERSION_CHANGED',
  );
  expect(code(await run(sales, 'updateOrganization', { organizationId: child.id, name: '' }, fields))).toBe('NAME_INVALID');
  expect((await run(sales, 'updateOrganization', { organizationId: child.id, parentId: null }, fields)).organization.parent).toBeNull();
  let deepest = parent.id;
  for (let depth = 2; depth <= 10; depth++)
    deepest = (await run(sales, 'createOrganization', { name: `Level ${depth}`, parentId: deepest }, fields)).organization.id;
  expect(code(await run(sales, 'createOrganization', { name: 'Too deep', parentId: deepest }, fields))).toBe('ORGANIZATION_TOO_DEEP');
});

test('what support did in another house stands in the trail, with who, when, why and for which ticket, once', async () => {
  const { account } = await scene.open({});
  const act = { accountId: account.id, actor: 'support@example.com', reason: 'Lost in a spam filter.', ticket: null };
  const told = await scene.house.receive('licenses', {
    type: 'SupportActed.v1',
    accountId: account.id,
    time: '2026-06-18T09:00:00.000Z',
    data: { ...act, act: 'LICENSE_ISSUED', subject: 'lic_1', ticket: 'ZD-4711' },
  });
  await scene.house.receive('licenses', ...told);
  await scene.house.receive('subscriptions', {
    type: 'SupportActed.v1',
    accountId: account.id,
    time: '2026-06-18T10:00:00.000Z',
    data: { ...act, act: 'NAMESPACE_TRANSFERRED', subject: 'sub_1' },
  });
  const { data } = await scene.house.run(
    support,
    'query ($account: ID!) { billingAccount(id: $account) { audit(first: 20) { nodes { at actor action subject reason } } } }',
    { account: account.id },
  );
  const common = { actor: 'support@example.com' };
  expect(data.billingAccount.audit.nodes.slice(0, 2)).toEqual([
    { ...common, at: '2026-06-18T10:00:00.000Z', action: 'NAMESPACE_TRANSFERRED', subject: 'sub_1', reason: 'Lost in a spam filter.' },
    { ...common, at: '2026-06-18T09:00:00.000Z', action: 'LICENSE_ISSUED', subject: 'lic_1', reason: 'Lost in a spam filter. (ZD-4711)' },
  ]);
  expect(data.billingAccount.audit.nodes).toHaveLength(3);
});
