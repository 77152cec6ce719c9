/** Reasons to call a customer: found once, worked off by sales, and taken to a CRM that may be away. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servicesFrom } from '../../../subgraphs/customers/ports/services';
import { operationNamed } from '../../support/operations';
import { anonymous, buyerOf, sales } from '../../support/viewers';
import { key, mutate, openScene } from './scene';

const folder = mkdtempSync(join(tmpdir(), 'leads-'));
const crm = join(folder, 'crm');
let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene({ CRM_DIR: crm });
});
afterAll(async () => {
  await scene?.house.close();
  rmSync(folder, { recursive: true, force: true });
});
// Leads of one millisecond have no order that a person sees: each test begins an hour after the one before.
let hour = 0;
beforeEach(() => scene.house.setClock(new Date(`2026-06-15T${String(++hour).padStart(2, '0')}:00:00Z`)));

const LEAD =
  'lead { id source status message signals lastSignalOn closedReason organization { name } billingAccount { number } deliveries { target status attempts lastError reference } }';
const raise = (viewer: typeof sales, billingAccountId: string, message: string) =>
  mutate(scene.house, viewer, 'raiseHand', { billingAccountId, message }, 'lead { id source status message signals }');
const read = async (id: string) =>
  (await scene.house.run(sales, `query ($id: ID!) { node(id: $id) { ... on Lead { ${LEAD.slice(7, -2)} } } }`, { id })).data.node;
const inbox = async () => (await scene.house.run(sales, operationNamed('LeadInbox'))).data.leads.nodes;
const code = (payload: { readonly userErrors: readonly { readonly code: string }[] }) => payload.userErrors.map(error => error.code).join();
const used = (account: typeof scene.a, usersMax: number, subscriptionId: string) =>
  scene.house.receive('licenses', {
    type: 'SeatUsageReported.v1',
    accountId: account.id,
    data: { accountId: account.id, subscriptionId, instanceId: 'ins_1', on: '2026-06-15', billableUsers: usersMax, usersMax, seats: 20 },
  });
const runJobs = async () => {
  await scene.house.sql`update graphile_worker._private_jobs set run_at = now()`;
  await scene.house.runJobs();
};

test('a buyer asks to be called twice: one lead, with the newer words, delivered once', async () => {
  const first = await raise(scene.ada, scene.a.id, 'We grow to 50 people.');
  const second = await raise(scene.ada, scene.a.id, 'We grow to 80 people.');
  expect(second.lead).toMatchObject({ id: first.lead.id, source: 'HAND_RAISE', message: 'We grow to 80 people.', signals: 2 });
  await runJobs();
  expect(await read(first.lead.id)).toMatchObject({
    status: 'OPEN',
    organization: { name: 'Northwind Traders' },
    billingAccount: { number: scene.a.number },
    deliveries: [{ target: 'CRM', status: 'DELIVERED', attempts: 1, lastError: null, reference: `file:${first.lead.id}` }],
  });
  expect(readdirSync(crm)).toEqual([`${first.lead.id}.json`]);
  expect(JSON.parse(readFileSync(join(crm, `${first.lead.id}.json`), 'utf8'))).toMatchObject({
    id: first.lead.id,
    source: 'HAND_RAISE',
    organization: { name: 'Northwind Traders' },
    contact: { email: 'ada@northwind.example' },
  });
});

test('seats that run out are one lead for a subscription, however often they are reported', async () => {
  const { account } = await scene.open({});
  const before = (await inbox()).length;
  await used(account, 17, 'sub_1'); // 17 of 20 = 85 %
  expect(await inbox()).toHaveLength(before);
  const [told] = await used(account, 18, 'sub_1'); // 90 %
  await scene.house.receive('licenses', told!);
  await used(account, 19, 'sub_1');
  const [lead] = await inbox();
  expect(await inbox()).toHaveLength(before + 1);
  expect(lead).toMatchObject({ source: 'USAGE_SIGNAL', organization: { name: 'Northwind Traders' } });
  expect(await read(lead.id)).toMatchObject({ signals: 1, message: '18 of 20 seats are in use.' });

  scene.house.setClock(new Date('2026-06-16T12:00:00Z'));
  await used(account, 20, 'sub_1');
  expect(await read(lead.id)).toMatchObject({ signals: 2, message: '20 of 20 seats are in use.', lastSignalOn: '2026-06-16' });
});

test('what came of a lead is said once, with a reason, announced and audited; then the same usage stays quiet', async () => {
  const { account } = await scene.open({});
  await used(account, 20, 'sub_2');
  const [{ id: leadId }] = await inbox();
  const close = (input: object) =>
    mutate(scene.house, sales, 'closeLead', { leadId, outcome: 'DISMISSED', reason: 'No budget', ...input }, LEAD);
  expect(code(await close({ reason: '' }))).toBe('REASON_INVALID');
  expect(code(await close({ leadId: 'led_' }))).toBe('LEAD_NOT_FOUND');
  const dry = await close({ dryRun: true });
  expect(dry.lead.status).toBe('DISMISSED');
  expect((await read(leadId)).status).toBe('OPEN');
  expect((await close({})).lead).toMatchObject({ status: 'DISMISSED', closedReason: 'No budget' });
  expect(code(await close({}))).toBe('LEAD_CLOSED');
  expect((await scene.house.announced('LeadChanged.v1')).filter(event => event.subject === leadId).map(event => event.data)).toMatchObject([
    { status: 'OPEN', version: 1 },
    { status: 'DISMISSED', version: 2 },
  ]);
  const [audit] = await scene.house.sql`select reason, fields from audit_events where action = 'LEAD_CLOSED'`;
  expect(audit).toMatchObject({ reason: 'No budget', fields: ['DISMISSED'] });

  scene.house.setClock(new Date('2026-06-20T12:00:00Z'));
  const open = (await inbox()).length;
  await used(account, 20, 'sub_2');
  expect(await inbox()).toHaveLength(open);
});

test('a CRM that is away is tried again, given up after twelve tries, and the lead replayed', async () => {
  rmSync(crm, { recursive: true });
  writeFileSync(crm, 'a file where a directory should be');
  const { account } = await scene.open({});
  const { lead } = await raise(sales, account.id, 'Please call us.');
  await runJobs();
  const replayed = () => mutate(scene.house, sales, 'replayLead', { leadId: lead.id }, LEAD);
  expect(code(await replayed())).toBe('LEAD_DELIVERY_PENDING');
  expect((await read(lead.id)).deliveries).toEqual([
    { target: 'CRM', status: 'REQUESTED', attempts: 1, lastError: 'The CRM did not take it.', reference: null },
  ]);
  for (let attempt = 2; attempt <= 12; attempt++) await runJobs();
  expect((await read(lead.id)).deliveries).toMatchObject([{ status: 'FAILED', attempts: 12 }]);

  rmSync(crm);
  expect(code(await replayed())).toBe('');
  await runJobs();
  expect((await read(lead.id)).deliveries).toMatchObject([{ status: 'DELIVERED', attempts: 13, lastError: null }]);
  expect(readdirSync(crm)).toContain(`${lead.id}.json`);
});

test('who is not of us reads no lead and closes none, and raises no hand for another', async () => {
  const { lead } = await raise(scene.ada, scene.a.id, 'Once more.');
  const seen = await scene.house.run(scene.ada, 'query ($id: ID!) { node(id: $id) { id } }', { id: lead.id });
  expect(seen.data.node).toBeNull();
  expect(code(await raise(scene.ada, scene.b.id, 'For them.'))).toBe('BILLING_ACCOUNT_NOT_FOUND');
  expect(code(await raise(buyerOf(), scene.a.id, 'For them.'))).toBe('BILLING_ACCOUNT_NOT_FOUND');
  expect(code(await raise(scene.ada, scene.a.id, ' '))).toBe('MESSAGE_INVALID');
  for (const viewer of [scene.ada, anonymous]) {
    const { errors } = await scene.house.run(viewer, operationNamed('LeadInbox'));
    expect(errors?.[0]?.extensions.code).toMatch(/FORBIDDEN|UNAUTHENTICATED/);
  }
  const closing = { idempotencyKey: key(), leadId: lead.id, outcome: 'CONVERTED', reason: 'x' };
  const { errors } = await scene.house.run(scene.ada, 'mutation ($input: CloseLeadInput!) { closeLead(input: $input) { lead { id } } }', {
    input: closing,
  });
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('leads of a company are its own, page by page, the newest first', async () => {
  const LEADS =
    'query ($id: ID!, $after: String) { organization(id: $id) { leads(first: 1, after: $after) { nodes { id organization { id } } totalCount pageInfo { hasNextPage endCursor } } } }';
  const page = async (after: string | null) =>
    (await scene.house.run(sales, LEADS, { id: scene.northwind.id, after })).data.organization.leads;
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  expect(first.totalCount).toBeGreaterThan(1);
  expect(first.nodes[0].id > second.nodes[0].id).toBe(true);
  const theirs = (await scene.house.run(sales, LEADS, { id: scene.contoso.id })).data.organization.leads;
  expect(theirs).toMatchObject({ nodes: [], totalCount: 0 });
});

test('in production no lead is kept as a file unless somebody says so', async () => {
  const lead = { id: 'led_1' } as unknown as Parameters<ReturnType<typeof servicesFrom>['crm']['putLead']>[0];
  const in_ = (CRM?: string) =>
    servicesFrom({ environment: 'production', variables: { CRM_DIR: join(folder, 'production'), ...(CRM && { CRM }) } });
  await expect(in_().crm.putLead(lead)).rejects.toThrow('No CRM is connected.');
  await expect(in_('development').crm.putLead(lead)).rejects.toThrow('No CRM is connected.');
  await expect(in_('development_yes_in_production').crm.putLead(lead)).resolves.toEqual({ reference: 'file:led_1' });
});
