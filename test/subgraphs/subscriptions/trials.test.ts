/** Trials of groups, and terms whose end support puts off. */
import { day } from '#kernel/time';
import { buyerOf, service, support } from '../../support/viewers';
import { addition, creation, namespaceOf, openScene, order, type Scene, subscriptionOf, TODAY } from './scene';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene('trials');
});
afterEach(() => scene.house.close());

async function dayComes(on: string): Promise<void> {
  scene.house.setClock(new Date(`${on}T00:00:10Z`));
  await scene.house.sql`select graphile_worker.add_job('keepTheCalendar', '{}'::json)`;
  await scene.house.runJobs();
}

const told = async (type: string) => (await scene.house.announced(type)).map(({ data }) => data);
const REFUSALS = 'fragment Refusals on UserError { code message path retryable }';
const START = `${REFUSALS} mutation StartTrial($input: StartTrialInput!) { startTrial(input: $input) { trial { id status endsOn seats } userErrors { ...Refusals } } }`;
const EXTEND = `${REFUSALS} mutation GrantTemporaryExtension($input: GrantTemporaryExtensionInput!) { grantTemporaryExtension(input: $input) { extension { endsOn } userErrors { ...Refusals } } }`;

async function start(namespaceId: string, more: object = {}, viewer = buyerOf(scene.account)) {
  const input = { idempotencyKey: `start ${namespaceId} ${JSON.stringify(more)}`, namespaceId, kind: 'ULTIMATE', ...more };
  const { data, errors } = await scene.house.run(viewer, START, { input });
  if (errors) throw new Error(errors[0]?.message);
  return data.startTrial;
}

async function namespace(id: string, fields: string) {
  const { data, errors } = await scene.house.run(buyerOf(scene.account), `query ($id: ID!) { namespace(id: $id) { ${fields} } }`, { id });
  if (errors) throw new Error(errors[0]?.message);
  return data.namespace;
}
const ELIGIBILITY = 'plan eligibility { trial { isEligible kind days reason } }';

test('a free group tries Ultimate for 30 days and 100 users, and is free again on the day after, which is told once', async () => {
  const id = await namespaceOf(scene, 'acme');
  expect(await namespace(id, ELIGIBILITY)).toEqual({
    plan: 'FREE',
    eligibility: { trial: { isEligible: true, kind: 'ULTIMATE', days: 30, reason: null } },
  });
  const tried = await start(id, { dryRun: true });
  expect(tried).toMatchObject({ trial: { status: 'ACTIVE', endsOn: '2026-07-15', seats: 100 }, userErrors: [] });
  expect(await told('TrialStarted.v1')).toEqual([]);
  expect(await start(id)).toMatchObject({ trial: { status: 'ACTIVE', endsOn: '2026-07-15', seats: 100 }, userErrors: [] });
  expect(await namespace(id, ELIGIBILITY)).toEqual({
    plan: 'ULTIMATE',
    eligibility: { trial: { isEligible: false, kind: null, days: null, reason: 'TRIAL_USED' } },
  });
  expect(await start(id, { kind: 'PREMIUM' })).toMatchObject({ trial: null, userErrors: [{ code: 'TRIAL_USED', path: ['namespaceId'] }] });
  for (const on of ['2026-07-14', '2026-07-15', '2026-07-15']) await dayComes(on);
  expect(await namespace(id, 'plan trial { status }')).toEqual({ plan: 'FREE', trial: { status: 'EXPIRED' } });
  expect(await told('TrialStarted.v1')).toMatchObject([{ days: 30, seats: 100, startsOn: TODAY, endsOn: '2026-07-15' }]);
  expect(await told('TrialExpired.v1')).toMatchObject([{ namespaceId: id, expiredOn: '2026-07-15' }]);
  expect((await told('NamespaceChanged.v1')).map(data => (data as { plan: string }).plan)).toEqual(['FREE', 'ULTIMATE', 'FREE']);
});

test('who buys while trying keeps the group, links trial and subscription, and loses the rest of the trial once', async () => {
  const id = await namespaceOf(scene, 'acme');
  await start(id);
  scene.house.setClock(new Date('2026-06-20T12:00:00Z'));
  const bought = creation(scene, { namespaceId: id, effectiveOn: day('2026-06-20') });
  await order(scene, bought);
  await order(scene, addition(scene, bought, 5, day('2026-06-20')));
  expect(await namespace(id, 'path plan trial { status endsOn convertedOn subscription { id } }')).toEqual({
    path: 'acme',
    plan: 'PREMIUM',
    trial: { status: 'CONVERTED', endsOn: '2026-06-20', convertedOn: '2026-06-20', subscription: { id: bought.subscriptionId } },
  });
  expect(await subscriptionOf(scene, bought.subscriptionId, 'seats trial { kind }')).toEqual({ seats: 15, trial: { kind: 'ULTIMATE' } });
  expect(await told('TrialConverted.v1')).toMatchObject([{ subscriptionId: bought.subscriptionId, convertedOn: '2026-06-20' }]);
  await dayComes('2026-07-15');
  expect(await told('TrialExpired.v1')).toEqual([]);
});

test('a paid group tries for 60 days, and a trial is in no charge and no recurring revenue', async () => {
  const id = await namespaceOf(scene, 'acme');
  const paid = creation(scene, { namespaceId: id });
  await order(scene, paid);
  expect(await start(id)).toMatchObject({ trial: { endsOn: '2026-08-14' } }); // 60 days from 15 June
  expect(await namespace(id, 'plan')).toEqual({ plan: 'ULTIMATE' });
  const { nextCharge, charges } = await subscriptionOf(
    scene,
    paid.subscriptionId,
    'nextCharge { amount { amount } } charges(first: 5) { totalCount }',
  );
  expect({ nextCharge, charges }).toEqual({ nextCharge: { amount: { amount: '3480.00' } }, charges: { totalCount: 1 } }); // 10 × $348
  expect(await start(id, { kind: 'PREMIUM' })).toMatchObject({ userErrors: [{ code: 'TRIAL_USED' }] });
});

test('a group that pays for as much has nothing to try, and another’s group does not exist', async () => {
  const id = await namespaceOf(scene, 'acme');
  await order(scene, creation(scene, { namespaceId: id }));
  expect(await start(id, { kind: 'PREMIUM' })).toMatchObject({ userErrors: [{ code: 'NOTHING_TO_TRY', path: ['kind'] }] });
  expect(await start(id, {}, buyerOf(scene.newId('account')))).toMatchObject({ userErrors: [{ code: 'NAMESPACE_NOT_FOUND' }] });
});

test('of two trials that are started at once, one is', async () => {
  const id = await namespaceOf(scene, 'acme');
  const answers = await Promise.all(['a', 'b', 'c'].map(key => start(id, { idempotencyKey: key })));
  expect(answers.filter(({ trial }) => trial)).toHaveLength(1);
  expect(await told('TrialStarted.v1')).toHaveLength(1);
});

/** A year of ten seats that ends on 25 June 2026. */
async function ending() {
  const namespaceId = await namespaceOf(scene, 'acme');
  const created = creation(scene, { namespaceId, effectiveOn: day('2025-06-25') });
  await order(scene, created);
  const { name } = await subscriptionOf(scene, created.subscriptionId, 'name');
  return { namespaceId, created, name };
}
async function extend(subscriptionName: string, idempotencyKey: string, more: object = {}, viewer = support) {
  const input = { idempotencyKey, subscriptionName, reason: 'The purchase order is on its way.', ...more };
  const { data, errors } = await scene.house.run(viewer, EXTEND, { input });
  return errors ? errors[0]?.extensions.code : data.grantTemporaryExtension;
}

test('support puts the end of a term off by 21 days, once, and the group keeps its plan and seats until then', async () => {
  const { namespaceId, created, name } = await ending();
  scene.house.setClock(new Date('2026-06-25T12:00:00Z'));
  const usage = { idempotencyKey: 'usage', namespaceId, seatsInUse: 12 };
  await scene.house.run(
    service('product'),
    'mutation ($input: ReportNamespaceUsageInput!) { reportNamespaceUsage(input: $input) { userErrors { code } } }',
    { input: usage },
  );
  expect(await extend(name, 'try', { dryRun: true })).toMatchObject({ extension: { endsOn: '2026-07-16' } });
  expect(await extend(name, 'once')).toEqual({ extension: { endsOn: '2026-07-16' }, userErrors: [] });
  expect(await extend(name, 'once')).toEqual({ extension: { endsOn: '2026-07-16' }, userErrors: [] });
  expect(await extend(name, 'twice')).toMatchObject({ extension: null, userErrors: [{ code: 'EXTENSION_GRANTED' }] });
  // Until 9 July there would be days of grace; until 16 July there is the extension.
  scene.house.setClock(new Date('2026-07-15T12:00:00Z'));
  expect(await namespace(namespaceId, 'plan seatsOwed')).toEqual({ plan: 'PREMIUM', seatsOwed: 2 }); // 12 users − 10 seats
  expect(await subscriptionOf(scene, created.subscriptionId, 'status temporaryExtension { endsOn }')).toEqual({
    status: 'EXPIRED',
    temporaryExtension: { endsOn: '2026-07-16' },
  });
  scene.house.setClock(new Date('2026-07-16T12:00:00Z'));
  expect(await namespace(namespaceId, 'plan seatsOwed')).toEqual({ plan: 'FREE', seatsOwed: 12 });
  expect(await told('TemporaryExtensionGranted.v1')).toMatchObject([{ termEndsOn: '2026-06-25', endsOn: '2026-07-16' }]);
  expect(await told('SupportActed.v1')).toMatchObject([
    { act: 'TEMPORARY_EXTENSION_GRANTED', actor: 'support@example.com', reason: 'The purchase order is on its way.' },
  ]);
});

test('an extension is refused too early, too late, for what is renewed, and to everybody but support', async () => {
  const { created, name } = await ending();
  const codeAt = async (on: string, key: string) => {
    scene.house.setClock(new Date(`${on}T12:00:00Z`));
    return (await extend(name, key)).userErrors[0]?.code;
  };
  expect(await codeAt('2026-06-09', 'early')).toBe('EXTENSION_TOO_EARLY');
  expect(await codeAt('2026-07-09', 'late')).toBe('EXTENSION_TOO_LATE');
  expect(await extend('A-S99999999', 'none')).toMatchObject({ userErrors: [{ code: 'SUBSCRIPTION_NOT_FOUND' }] });
  expect(await extend(name, 'blank', { reason: ' ' })).toMatchObject({ userErrors: [{ code: 'REASON_INVALID' }] });
  expect(await extend(name, 'buyer', {}, buyerOf(scene.account))).toBe('FORBIDDEN');
  scene.house.setClock(new Date('2026-06-15T12:00:00Z'));
  const next = creation(scene, { effectiveOn: created.term.endsOn, namespaceId: created.namespaceId });
  await order(scene, { ...next, subscriptionId: created.subscriptionId, kind: 'RENEW' });
  expect(await extend(name, 'renewed')).toMatchObject({ userErrors: [{ code: 'EXTENSION_NOT_NEEDED' }] });
});
