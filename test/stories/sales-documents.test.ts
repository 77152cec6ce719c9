import { openTestPlatform, type TestPlatform } from '../support/platform';
import { accepted, newKey } from '../support/shop';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform?.close());

test('sales sees how a customer is doing, and whom to call; support sees who did what', async () => {
  const company = await platform.openCompany('Adventure Works');
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 10 }));
  await platform.clock.untilAtRest();
  const raised = await platform.query(
    company.token,
    'mutation ($input: RaiseHandInput!) { raiseHand(input: $input) { lead { id } userErrors { code } } }',
    { input: { idempotencyKey: newKey(), billingAccountId: company.accountId, message: 'We grow to 50 people.' } },
  );
  const { id: leadId } = accepted(raised.raiseHand).lead;
  await platform.clock.untilAtRest();

  const sales = await platform.staff('SALES');
  const { organization } = await platform.run(sales, 'CustomerHealth', { organization: company.organizationId });
  expect(organization).toMatchObject({
    name: 'Adventure Works',
    arr: { amount: '2280.00', currency: 'USD' }, // 10 × $228
    leads: { nodes: [{ source: 'HAND_RAISE', status: 'OPEN' }] },
  });
  const [subscription] = organization.billingAccounts[0].subscriptions.nodes;
  expect(subscription).toMatchObject({ seats: 10, resalePartner: null, autoRenew: { isOn: true } });

  const { leads } = await platform.run(sales, 'LeadInbox');
  expect(leads.nodes).toMatchObject([
    {
      id: leadId,
      organization: { name: 'Adventure Works' },
      deliveries: [{ target: 'CRM', status: 'DELIVERED', attempts: 1, lastError: null }],
    },
  ]);

  const { billingAccount } = await platform.run(await platform.support(), 'AuditTrail', { account: company.accountId });
  expect(billingAccount.audit.nodes.map(({ action }: { action: string }) => action)).toContain('BILLING_ACCOUNT_CREATED');
}, 120_000);

test('who leaves an invoice unpaid for more than 90 days is on hold, and free once it has paid', async () => {
  const company = await platform.openCompany('Alpine Ski House');
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 1 }));
  await platform.clock.untilAtRest();
  const finance = await platform.finance();
  const holds = async () =>
    (await platform.query(finance, 'query ($id: ID!) { billingAccount(id: $id) { holds { kind } } }', { id: company.accountId }))
      .billingAccount.holds;
  await platform.clock.set(new Date('2026-10-14T06:00:00.000Z')); // due on 15 July, 91 days ago
  await platform.sql('billing')`select graphile_worker.add_job('dunOverdue', '{}'::json, run_at := '2020-01-01')`;
  await platform.clock.untilAtRest();
  expect(await holds()).toEqual([{ kind: 'SUPPORT_HOLD' }]);

  const { billingAccount } = await platform.run(company.token, 'InvoiceCenter', { account: company.accountId });
  const [{ number, balance }] = billingAccount.invoices.nodes;
  const transfer = { idempotencyKey: newKey(), invoiceNumber: number, amount: balance, receivedOn: '2026-10-14', reference: 'Wire' };
  const paid = await platform.query(
    finance,
    'mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { userErrors { code message path retryable } } }',
    { input: transfer },
  );
  accepted(paid.recordPayment);
  await platform.clock.untilAtRest();
  expect(await holds()).toEqual([]);
}, 120_000);
