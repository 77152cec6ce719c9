import { money } from '#kernel/money';
import { taxOn, taxRuleFor } from './tax';

const buyer = (billToCountry: string, vatId: string | null = null) => ({ billToCountry, vatId, isTaxExempt: false });

test.each([
  ['the US company adds no tax', 'US_INC', buyer('DE'), 0],
  ['a domestic sale bears the domestic rate', 'NL_BV', buyer('NL', 'NL123456789B01'), 2100],
  ['a business elsewhere in the Union accounts for the tax itself', 'NL_BV', buyer('FR', 'FR12345678901'), 0],
  ['a private buyer elsewhere in the Union pays the rate of their country', 'NL_BV', buyer('FI'), 2550],
  ['an export is free of tax', 'DE_GMBH', buyer('CH'), 0],
  ['a sale out of the Union is an export even with a VAT id', 'DE_GMBH', buyer('GB', 'GB123456789'), 0],
  ['the United Kingdom taxes at home', 'UK_LTD', buyer('GB'), 2000],
  ['Australia taxes at home', 'AU_PTY', buyer('AU'), 1000],
  ['an exempt buyer pays none, at home too', 'AU_PTY', { ...buyer('AU'), isTaxExempt: true }, 0],
] as const)('%s', (_sentence, entity, taxed, basisPoints) => {
  expect(taxRuleFor(entity, taxed).basisPoints).toBe(basisPoints);
});

test('the tax of a line is rounded once, half up, and shows its working', () => {
  const rule = taxRuleFor('NL_BV', buyer('NL'));
  expect(taxOn(money(110_564n, 'EUR'), rule)).toEqual({
    tax: money(23_218n, 'EUR'), // €1,105.64 × 21 % = €232.1844
    working: '21 % of €1,105.64 = €232.18: domestic rate of NL',
  });
  expect(taxOn(money(50n, 'EUR'), rule).tax).toEqual(money(11n, 'EUR')); // 10.5 cents
});
