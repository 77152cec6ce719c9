import { type AccountChange, changeAccount, openAccount, sellingEntityFor } from './account';

test.each([
  ['SALES_ASSISTED', 'US', 'US_INC'],
  ['SALES_ASSISTED', 'NL', 'NL_BV'],
  ['SALES_ASSISTED', 'FR', 'NL_BV'],
  ['SALES_ASSISTED', 'GB', 'UK_LTD'],
  ['SALES_ASSISTED', 'DE', 'DE_GMBH'],
  ['SALES_ASSISTED', 'AU', 'AU_PTY'],
  ['SALES_ASSISTED', 'BR', 'US_INC'],
  ['WEB_DIRECT', 'DE', 'US_INC'],
  ['WEB_DIRECT', 'AU', 'US_INC'],
] as const)('a %s account billed in %s buys from %s', (channel, country, entity) => {
  expect(sellingEntityFor({ channel }, { country })).toBe(entity);
});

test('an account opens on Net 30, as a commercial customer who is invoiced', () => {
  expect(openAccount({ name: ' Northwind  Traders', currency: 'USD', channel: 'SALES_ASSISTED' })).toEqual({
    ok: true,
    value: {
      name: 'Northwind Traders',
      currency: 'USD',
      channel: 'SALES_ASSISTED',
      segment: 'COMMERCIAL',
      paymentTermsDays: 30,
      isAutoPay: false,
      isTaxExempt: false,
      vatId: null,
    },
  });
});

test.each([
  [{ name: '' }, 'NAME_INVALID'],
  [{ paymentTermsDays: -1 }, 'PAYMENT_TERMS_INVALID'],
  [{ paymentTermsDays: 121 }, 'PAYMENT_TERMS_INVALID'],
  [{ paymentTermsDays: 1.5 }, 'PAYMENT_TERMS_INVALID'],
  [{ vatId: 'DE1' }, 'VAT_ID_INVALID'],
  [{ currency: 'XAU' }, 'CURRENCY_NOT_SUPPORTED'],
])('an account with %j is refused: %s', (terms, code) => {
  expect(openAccount({ name: 'Northwind', currency: 'USD', channel: 'WEB_DIRECT', ...terms })).toMatchObject({
    ok: false,
    refusal: { code },
  });
});

const account = {
  name: 'Northwind',
  segment: 'COMMERCIAL',
  paymentTermsDays: 30,
  isAutoPay: false,
  isTaxExempt: false,
  vatId: 'DE136695976',
} as const;

test.each<[AccountChange]>([[{ segment: 'EDUCATION' }], [{ paymentTermsDays: 60 }], [{ isTaxExempt: true }]])(
  'a buyer may not grant himself %j',
  change => {
    expect(changeAccount(account, change, { isStaff: false })).toMatchObject({
      ok: false,
      refusal: { code: 'RESERVED_FOR_STAFF', path: Object.keys(change) },
    });
    expect(changeAccount(account, change, { isStaff: true })).toMatchObject({ ok: true, value: change });
  },
);

test('a buyer who repeats what is granted already changes nothing', () => {
  expect(changeAccount(account, { segment: 'COMMERCIAL', isAutoPay: true }, { isStaff: false })).toMatchObject({
    ok: true,
    value: { isAutoPay: true },
  });
});

test('what is absent stays, a VAT id of null goes', () => {
  expect(changeAccount(account, {}, { isStaff: false })).toEqual({ ok: true, value: account });
  expect(changeAccount(account, { vatId: null }, { isStaff: false })).toMatchObject({ ok: true, value: { vatId: null } });
});
