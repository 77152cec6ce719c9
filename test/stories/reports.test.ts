import { openTestPlatform, type TestPlatform } from '../support/platform';
import { eventually } from '../support/shop';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform?.close());

const MONTH = '2026-06-15';
const REPORTS = {
  ArrByTier: { month: MONTH },
  MrrRollforward: { from: MONTH, to: MONTH },
  ArrMovements: { month: MONTH },
  BookingsByType: { quarter: 'FY2027-Q2' },
  NetRetention: { month: MONTH },
  AvailableToRenew: { quarter: 'FY2028-Q2' },
  ArAging: { on: MONTH },
  SeatUtilisation: { on: MONTH },
  LicenseActivations: { month: MONTH },
  TrialConversion: { month: MONTH },
  OrderToCashLag: { from: MONTH, to: MONTH },
} as const;

test('what was sold is what finance and analysts read, with the meaning of each number', async () => {
  const company = await platform.openCompany('Proseware');
  await platform.untilOrder(company.token, await platform.buy(company, { sku: 'premium-self-managed', quantity: 10 }));
  const analyst = await platform.analyst();
  const finance = await platform.finance();

  const arr = async () => (await platform.run(analyst, 'ArrByTier', { month: MONTH })).arr;
  await eventually(async () => (await arr()).groups.length > 0);
  expect(await arr()).toMatchObject({
    definition: { id: 'arr', version: 1, owner: 'Finance' },
    groups: [{ keys: ['PREMIUM', 'SELF_MANAGED'], arr: { amount: '2280.00', currency: 'USD' }, seats: 10, customers: 1 }], // 10 × $228
    total: { amount: '2280.00', currency: 'USD' },
  });
  await eventually(async () => (await platform.run(finance, 'ArAging', { on: MONTH })).arAging.total.amount === '2280.00');
  expect((await platform.run(finance, 'MrrRollforward', REPORTS.MrrRollforward)).mrrRollforward).toEqual([
    expect.objectContaining({ new: { amount: '190.00', currency: 'USD' }, closing: { amount: '190.00', currency: 'USD' } }), // $2,280 ÷ 12
  ]);
  // The term of a year that began on 15 June 2026 ends in the quarter from May to July 2027.
  const { availableToRenew } = await platform.run(analyst, 'AvailableToRenew', REPORTS.AvailableToRenew);
  expect(availableToRenew).toMatchObject({ atr: { amount: '2280.00', currency: 'USD' }, renewalRate: null });
  for (const [name, variables] of Object.entries(REPORTS)) {
    for (const token of [analyst, finance]) expect(Object.values(await platform.run(token, name, variables))).not.toContain(null);
  }
});
