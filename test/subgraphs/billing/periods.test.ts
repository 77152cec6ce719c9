import { day } from '../../../kernel/time';
import type { TestHouse } from '../../support/house';
import { analyst, finance, support } from '../../support/viewers';
import { acmeBuyer, announcedData, invoiceRequested, openBilling, postedInvoice, requestInvoice, usd } from './scene';

let house: TestHouse;
let number: string;
beforeEach(async () => {
  house = await openBilling();
  number = await postedInvoice(house, 1); // issued on 15 June
  house.setClock(new Date('2026-07-03T12:00:00Z'));
});
afterEach(() => house.close());

const FIELDS = 'period { month isClosed acts { act actor reason } } userErrors { code }';
const close = async (month: string, viewer = finance, input: object = {}) =>
  house.run(viewer, `mutation ($input: ClosePeriodInput!) { closePeriod(input: $input) { ${FIELDS} } }`, {
    input: { idempotencyKey: `close ${month}`, month, ...input },
  });
const reopen = async (month: string, reason = 'A late bank statement', viewer = finance) =>
  house.run(viewer, `mutation ($input: ReopenPeriodInput!) { reopenPeriod(input: $input) { ${FIELDS} } }`, {
    input: { idempotencyKey: `reopen ${month} ${reason}`, month, reason },
  });
const record = async (amount: string, receivedOn: string) =>
  (
    await house.run(
      finance,
      'mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { payment { receivedOn } userErrors { code path } } }',
      {
        input: { idempotencyKey: `${amount} ${receivedOn}`, invoiceNumber: number, amount: usd(amount), receivedOn, reference: 'Wire' },
      },
    )
  ).data.recordPayment;

test('a closed month takes no more entries, the month after does', async () => {
  expect((await close('2026-06-17')).data.closePeriod).toEqual({
    period: { month: '2026-06-01', isClosed: true, acts: [{ act: 'CLOSED', actor: finance.subject, reason: null }] },
    userErrors: [],
  });
  expect(await record('1.00', '2026-06-30')).toEqual({ payment: null, userErrors: [{ code: 'PERIOD_CLOSED', path: ['receivedOn'] }] });
  expect(await record('1.00', '2026-05-31')).toMatchObject({ userErrors: [] }); // May is open still
  expect(await record('1.00', '2026-07-01')).toMatchObject({ userErrors: [] });
  await requestInvoice(house, invoiceRequested(2)); // planned for 15 June
  expect(await announcedData(house, 'StepFailed.v1')).toMatchObject([{ step: 'INVOICE', code: 'PERIOD_CLOSED', isRetryable: false }]);
  expect(await postedInvoice(house, 3, { issuedOn: day('2026-07-03'), dueOn: day('2026-08-02') })).toBe('INV-00000001-0002'); // no gap
  expect(await announcedData(house, 'PeriodClosed.v1')).toMatchObject([{ month: '2026-06-01' }]);
});

test('a month that is not over, or is closed, is not closed; one that is open is not opened', async () => {
  expect((await close('2026-07-31')).data.closePeriod).toEqual({ period: null, userErrors: [{ code: 'PERIOD_NOT_OVER' }] });
  expect((await reopen('2026-06-01')).data.reopenPeriod).toEqual({ period: null, userErrors: [{ code: 'PERIOD_NOT_CLOSED' }] });
  await close('2026-06-01');
  expect((await close('2026-06-30')).data.closePeriod).toEqual({ period: null, userErrors: [{ code: 'PERIOD_ALREADY_CLOSED' }] });
  house.setClock(new Date('2026-08-01T00:00:00Z'));
  expect((await close('2026-07-01')).data.closePeriod.userErrors).toEqual([]); // the first moment after July
});

test('opening a month again is kept: who, when and why', async () => {
  await close('2026-06-01');
  expect((await reopen('2026-06-01')).data.reopenPeriod.period).toEqual({
    month: '2026-06-01',
    isClosed: false,
    acts: [
      { act: 'CLOSED', actor: finance.subject, reason: null },
      { act: 'REOPENED', actor: finance.subject, reason: 'A late bank statement' },
    ],
  });
  expect(await record('1.00', '2026-06-30')).toMatchObject({ userErrors: [] });
  expect(await announcedData(house, 'PeriodReopened.v1')).toMatchObject([{ month: '2026-06-01' }]);
  await expect(house.sql`update period_acts set actor = 'nobody'`).rejects.toThrow('append-only');
  await expect(house.sql`delete from period_acts`).rejects.toThrow('append-only');
});

test('only finance closes and opens; analysts read, and the list goes on page by page', async () => {
  for (const viewer of [acmeBuyer, support, analyst]) {
    expect((await close('2026-06-01', viewer)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await reopen('2026-06-01', 'x', viewer)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
  for (const month of ['2026-04-01', '2026-05-01', '2026-06-01']) await close(month);
  const page = async (after: string | null) =>
    (
      await house.run(
        analyst,
        'query ($after: String) { accountingPeriods(first: 2, after: $after) { nodes { month } totalCount pageInfo { endCursor } } }',
        { after },
      )
    ).data.accountingPeriods;
  const one = await page(null);
  expect(one).toMatchObject({ nodes: [{ month: '2026-06-01' }, { month: '2026-05-01' }], totalCount: 3 });
  expect((await page(one.pageInfo.endCursor)).nodes).toEqual([{ month: '2026-04-01' }]);
});

test('a dry run closes nothing, and a reason must be given', async () => {
  expect((await close('2026-06-01', finance, { dryRun: true })).data.closePeriod).toMatchObject({
    period: { isClosed: true },
    userErrors: [],
  });
  expect(await record('1.00', '2026-06-30')).toMatchObject({ userErrors: [] });
  expect((await reopen('2026-06-01', '  ')).data.reopenPeriod.userErrors).toEqual([{ code: 'INPUT_INVALID' }]);
});

test('transfers recorded while the month is closed are in it, or refused: none comes after', async () => {
  const entries = async () =>
    (await house.sql`select count(*)::int as entries from journal_entries where kind = 'PAYMENT_RECEIVED'`)[0]?.entries;
  const closing = close('2026-06-01').then(async answer => ({ errors: answer.data.closePeriod.userErrors, entries: await entries() }));
  const recorded = await Promise.all(Array.from({ length: 30 }, (_, n) => record(`${n + 1}.00`, '2026-06-30')));
  expect(await closing).toEqual({ errors: [], entries: recorded.filter(answer => answer.payment).length });
  for (const { payment, userErrors } of recorded)
    expect(payment ? [] : userErrors).toEqual(payment ? [] : [{ code: 'PERIOD_CLOSED', path: ['receivedOn'] }]);
  expect(await entries()).toBe((await closing).entries);
  await expect(
    house.sql`insert into journal_entries select account_id, gen_random_uuid(), kind, invoice_id, payment_id, description, posted_on, posted_at from journal_entries where kind = 'INVOICE_POSTED'`,
  ).rejects.toThrow('closed');
});
