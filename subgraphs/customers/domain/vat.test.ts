import { vatIdFrom } from './vat';

test.each([
  ['de 136 695 976', 'DE136695976'],
  ['NL-8235.98.744.B01', 'NL823598744B01'],
  ['GB 980 7806 84', 'GB980780684'],
  ['GBHA500', 'GBHA500'],
  ['GR 094259216', 'EL094259216'],
  ['ATU33864707', 'ATU33864707'],
  ['BE0428759497', 'BE0428759497'],
  ['DK13585628', 'DK13585628'],
  ['FI20774740', 'FI20774740'],
  ['LU15027442', 'LU15027442'],
  ['PL8567346215', 'PL8567346215'],
  ['NO974760673MVA', 'NO974760673MVA'],
  ['HR33392005961', 'HR33392005961'],
  ['AU51824753556', 'AU51824753556'],
  ['SE556188840401', 'SE556188840401'],
])('the VAT id %s is kept as %s', (text, kept) => {
  expect(vatIdFrom(text)).toBe(kept);
});

test.each([
  '',
  'DE',
  'DE136695975',
  'DE13669597',
  'XX123456789',
  'US123456789',
  'AU51824753557',
  'BE0428759498',
  `DE${'1'.repeat(60)}`,
  '__proto__',
])('the text %j is no VAT id', text => {
  expect(vatIdFrom(text)).toBeNull();
});
