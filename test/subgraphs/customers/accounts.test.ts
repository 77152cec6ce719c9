import { finance, sales, support } from '../../support/viewers';
import { key, mutate, openScene, person } from './scene';

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

test('sales opens an account for a German company: the GmbH sells, Net 30, Bill-To is Sold-To', async () => {
  const input = {
    organizationId: scene.contoso.id,
    name: 'Contoso GmbH',
    currency: 'EUR',
    vatId: 'de 136 695 976',
    billTo: person('Bob', 'bob@contoso.example', 'DE'),
  };
  const { billingAccount, userErrors } = await run(sales, 'createBillingAccount', input);
  expect(userErrors).toEqual([]);
  expect(billingAccount).toMatchObject({
    name: 'Contoso GmbH',
    currency: 'EUR',
    sellingEntity: 'DE_GMBH',
    paymentTermsDays: 30,
    segment: 'COMMERCIAL',
    isAutoPay: false,
    vatId: 'DE136695976',
    version: 1,
    billTo: { name: 'Bob', address: { country: 'DE' } },
    soldTo: { name: 'Bob' },
    holds: [],
  });
  expect(billingAccount.number).toMatch(/^A\d{8}$/);
  expect((await latest('BillingAccountChanged.v1', billingAccount.id))?.data).toMatchObject({
    accountId: billingAccount.id,
    version: 1,
    organizationName: 'Contoso',
    sellingEntity: 'DE_GMBH',
    holds: [],
    billTo: { email: 'bob@contoso.example', country: 'DE', region: 'IL' },
  });
});

test('an account of the web shop buys from the US company wherever it is billed', async () => {
  const input = {
    organizationId: scene.contoso.id,
    name: 'Contoso Web',
    currency: 'EUR',
    channel: 'WEB_DIRECT',
    billTo: person('Bob', 'bob@contoso.example', 'DE'),
  };
  const { billingAccount } = await run(
    support,
    'createBillingAccount',
    { ...input, owner: { email: 'bob@contoso.example', name: 'Bob' } },
    'billingAccount { sellingEntity memberships { role user { email } } }',
  );
  expect(billingAccount).toEqual({ sellingEntity: 'US_INC', memberships: [{ role: 'OWNER', user: { email: 'bob@contoso.example' } }] });
});

test.each([
  [{ organizationId: 'org_unknown' }, 'ORGANIZATION_NOT_FOUND'],
  [{ name: ' ' }, 'NAME_INVALID'],
  [{ currency: 'XAU' }, 'CURRENCY_NOT_SUPPORTED'],
  [{ paymentTermsDays: 500 }, 'PAYMENT_TERMS_INVALID'],
  [{ vatId: 'DE1' }, 'VAT_ID_INVALID'],
  [{ billTo: person(' ', 'ada@northwind.example') }, 'CONTACT_INVALID'],
  [{ soldTo: { ...person('Ada', 'ada@northwind.example'), address: { ...person('', '').address, city: '' } } }, 'CONTACT_INVALID'],
  [{ owner: { email: 'ada@northwind.example', name: '\u202e' } }, 'NAME_INVALID'],
])('opening an account with %j is refused: %s', async (fault, refusal) => {
  const input = {
    organizationId: scene.northwind.id,
    name: 'Northwind',
    currency: 'USD',
    billTo: person('Ada', 'ada@northwind.example'),
    ...fault,
  };
  expect(code(await run(sales, 'createBillingAccount', input))).toBe(refusal);
});

test('a company has at most 100 accounts', async () => {
  const { organization } = await run(sales, 'createOrganization', { name: 'Many Payers' }, 'organization { id }');
  const first = await scene.open({ organizationId: organization.id });
  await scene.house
    .sql`insert into billing_accounts select gen_random_uuid(), number, name, organization_id, currency, channel, selling_entity, segment,
    payment_terms_days, is_auto_pay, is_tax_exempt, vat_id, version, created_at from billing_accounts, generate_series(1, 99)
    where number = ${first.account.number}`;
  const input = { organizationId: organization.id, name: 'One more', currency: 'USD', billTo: person('Ada', 'ada@northwind.example') };
  expect(code(await run(sales, 'createBillingAccount', input))).toBe('ACCOUNTS_LIMIT_REACHED');
});

test('a dry run shows what would be and saves nothing', async () => {
  const input = {
    organizationId: scene.northwind.id,
    name: 'Only a thought',
    currency: 'GBP',
    billTo: person('Ada', 'ada@northwind.example', 'GB'),
    dryRun: true,
  };
  const before = (await scene.house.announced()).length;
  const { billingAccount } = await run(sales, 'createBillingAccount', input);
  expect(billingAccount).toMatchObject({
    name: 'Only a thought',
    sellingEntity: 'UK_LTD',
    billTo: { name: 'Ada' },
    soldTo: { name: 'Ada' },
  });
  expect((await scene.house.run(support, 'query ($id: ID!) { billingAccount(id: $id) { id } }', { id: billingAccount.id })).data).toEqual({
    billingAccount: null,
  });
  expect((await scene.house.announced()).length).toBe(before);
});

test('the same key opens one account, another request under it is refused', async () => {
  const input = {
    idempotencyKey: key(),
    organizationId: scene.northwind.id,
    name: 'Once',
    currency: 'USD',
    billTo: person('Ada', 'ada@northwind.example'),
  };
  const first = await run(sales, 'createBillingAccount', input);
  const again = await run(sales, 'createBillingAccount', input);
  expect(again.billingAccount).toEqual(first.billingAccount);
  expect(code(await run(sales, 'createBillingAccount', { ...input, name: 'Twice' }))).toBe('IDEMPOTENCY_KEY_REUSED');
  const [saved] = await scene.house.sql`select answer::text from idempotency_key where key = ${input.idempotencyKey}`;
  expect(saved?.answer).not.toContain('northwind');
});

test('an owner changes the account; the version grows and an old one is refused', async () => {
  const { account } = await scene.open({ owner: { email: 'ada@northwind.example', name: 'Ada' } });
  const ada = { ...scene.ada, accounts: [account.id] };
  const first = await run(ada, 'updateBillingAccount', {
    billingAccountId: account.id,
    ifVersion: 1,
    name: 'Northwind Inc',
    isAutoPay: true,
  });
  expect(first.billingAccount).toMatchObject({ name: 'Northwind Inc', isAutoPay: true, version: 2 });
  expect((await latest('BillingAccountChanged.v1', account.id))?.data).toMatchObject({
    version: 2,
    name: 'Northwind Inc',
    isAutoPay: true,
  });
  const late = await run(ada, 'updateBillingAccount', { billingAccountId: account.id, ifVersion: 1, name: 'Late' });
  expect(late).toMatchObject({ billingAccount: null, userErrors: [{ code: 'VERSION_CHANGED', path: ['ifVersion'], retryable: false }] });
  const same = await run(ada, 'updateBillingAccount', { billingAccountId: account.id, name: 'Northwind Inc' });
  expect(same.billingAccount.version).toBe(2);
  const dry = await run(ada, 'updateBillingAccount', { billingAccountId: account.id, name: 'Perhaps', dryRun: true });
  expect(dry.billingAccount).toMatchObject({ name: 'Perhaps', version: 3 });
  expect(
    (await scene.house.run(ada, 'query ($id: ID!) { billingAccount(id: $id) { name version } }', { id: account.id })).data.billingAccount,
  ).toEqual({ name: 'Northwind Inc', version: 2 });
});

test.each([
  ['segment', 'EDUCATION'],
  ['paymentTermsDays', 90],
  ['isTaxExempt', true],
])('a buyer does not grant himself %s; finance does', async (field, value) => {
  const input = { billingAccountId: scene.a.id, [field]: value };
  expect(await run(scene.ada, 'updateBillingAccount', input)).toMatchObject({
    userErrors: [{ code: 'RESERVED_FOR_STAFF', path: [field] }],
  });
  expect((await run(finance, 'updateBillingAccount', input)).billingAccount).toMatchObject({ [field]: value });
});

test('a viewer changes nothing, a stranger finds nothing', async () => {
  const input = { billingAccountId: scene.a.id, name: 'Mine now' };
  const contact = { billingAccountId: scene.a.id, role: 'BILL_TO', contact: person('Eve', 'eve@northwind.example') };
  const agreement = { billingAccountId: scene.a.id, kind: 'EULA', version: '2026-01' };
  for (const [viewer, refusal] of [
    [scene.eve, 'NOT_PERMITTED'],
    [scene.bob, 'BILLING_ACCOUNT_NOT_FOUND'],
  ] as const) {
    expect(code(await run(viewer, 'updateBillingAccount', input))).toBe(refusal);
    expect(code(await run(viewer, 'changeContact', contact))).toBe(refusal);
    expect(code(await run(viewer, 'acceptAgreement', agreement, 'agreement { id }'))).toBe(refusal);
  }
  expect(code(await run(support, 'updateBillingAccount', { ...input, billingAccountId: 'nonsense' }))).toBe('BILLING_ACCOUNT_NOT_FOUND');
});

test('a new country of Bill-To changes who sells, a new Sold-To does not', async () => {
  const { account } = await scene.open({});
  const moved = await run(support, 'changeContact', {
    billingAccountId: account.id,
    ifVersion: 1,
    role: 'BILL_TO',
    contact: person('Ada', 'ada@northwind.example', 'AU'),
  });
  expect(moved.billingAccount).toMatchObject({
    sellingEntity: 'AU_PTY',
    version: 2,
    billTo: { address: { country: 'AU' } },
    soldTo: { name: 'Ada Lovelace' },
  });
  const sold = await run(support, 'changeContact', {
    billingAccountId: account.id,
    role: 'SOLD_TO',
    contact: person('Grace', 'grace@northwind.example', 'NL'),
  });
  expect(sold.billingAccount).toMatchObject({ sellingEntity: 'AU_PTY', version: 3, billTo: { name: 'Ada' }, soldTo: { name: 'Grace' } });
  expect((await latest('BillingAccountChanged.v1', account.id))?.data).toMatchObject({
    version: 3,
    soldTo: { name: 'Grace', country: 'NL' },
  });
  expect(
    code(
      await run(support, 'changeContact', {
        billingAccountId: account.id,
        ifVersion: 1,
        role: 'SOLD_TO',
        contact: person('Late', 'late@northwind.example'),
      }),
    ),
  ).toBe('VERSION_CHANGED');
  expect(
    code(
      await run(support, 'changeContact', { billingAccountId: account.id, role: 'SOLD_TO', contact: person('', 'late@northwind.example') }),
    ),
  ).toBe('CONTACT_INVALID');
});
