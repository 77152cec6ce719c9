import { Kind } from 'graphql';
import { CountryCode, CurrencyCode, DateTime, Decimal, EmailAddress, PlainDateScalar, Url } from './scalars';

const scalars = { CountryCode, CurrencyCode, DateTime, Date: PlainDateScalar, Decimal, EmailAddress, URL: Url };
type Name = keyof typeof scalars;

const taken: Readonly<Record<Name, readonly string[]>> = {
  CountryCode: ['NL', 'US'],
  CurrencyCode: ['EUR', 'JPY'],
  DateTime: ['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.123+02:00'],
  Date: ['2028-02-29', '1900-01-01', '2199-12-31'],
  Decimal: ['0', '-12.5', '999999999999999.999999999', '0.000000001'],
  EmailAddress: ['ada@example.com', 'a+b@sub.example.co.uk'],
  URL: ['https://example.com/hook?x=1', 'http://127.0.0.1:4000/'],
};

const refused: Readonly<Record<Name, readonly unknown[]>> = {
  CountryCode: ['nl', 'XX', 'NLD', '', ' NL'],
  CurrencyCode: ['eur', 'XXQ', 'EURO', ''],
  DateTime: ['2026-03-01', '2026-03-01T09:30:00', '2026-02-30T00:00:00Z', '9999-01-01T00:00:00Z', 'now', 1_700_000_000, ''],
  Date: ['2026-02-29', '2026-2-1', '1899-12-31', '2200-01-01', '2026-03-01T00:00:00Z', ''],
  Decimal: ['1e3', '.5', '5.', '+1', ' 1', '1,5', '0x10', '1234567890123456', '0.1234567890', '９', 'NaN', 19.99, 5, ''],
  EmailAddress: ['ada', 'ada@', 'ada@localhost', `${'a'.repeat(250)}@example.com`, 'ada@example.com\nbcc: x@y.z', ''],
  URL: [
    'javascript:alert(1)',
    '//example.com',
    'https://user:secret@example.com',
    `https://example.com/${'a'.repeat(2048)}`,
    'ftp://example.com',
    '',
  ],
};

const names = Object.keys(scalars).filter((name): name is Name => name in scalars);

test.each(names)('%s takes what it is, as a variable and in the document', name => {
  const scalar = scalars[name];
  for (const text of taken[name]) {
    expect(scalar.parseLiteral({ kind: Kind.STRING, value: text })).toEqual(scalar.parseValue(text));
    expect(scalar.parseValue(scalar.serialize(scalar.parseValue(text)))).toEqual(scalar.parseValue(text));
  }
});

test.each(names)('%s refuses what it is not, and does not repeat it', name => {
  for (const value of [...refused[name], null, {}, [], true]) {
    const parse = () => scalars[name].parseValue(value);
    expect(parse).toThrow(`This is no ${name}.`);
    expect(parse).toThrow(expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }));
  }
  expect(() => scalars[name].parseLiteral({ kind: Kind.FLOAT, value: '1.5' })).toThrow(`This is no ${name}.`);
});

test('a moment is a Date inside and UTC text outside, a day stays text', () => {
  expect(DateTime.parseValue('2026-03-01T09:30:00+02:00')).toEqual(new Date('2026-03-01T07:30:00Z'));
  expect(DateTime.serialize(new Date('2026-03-01T07:30:00Z'))).toBe('2026-03-01T07:30:00.000Z');
  expect(PlainDateScalar.parseValue('2026-03-01')).toBe('2026-03-01');
  expect(() => DateTime.serialize('2026-03-01')).toThrow(TypeError);
  expect(() => Decimal.serialize(19.99)).toThrow(TypeError);
});

test('each names what specifies it', () => {
  expect(names.map(name => [scalars[name].name, scalars[name].specifiedByURL?.slice(0, 8)])).toEqual(names.map(name => [name, 'https://']));
});

test('a hostile text is refused at once', () => {
  const started = performance.now();
  for (const text of [`${'a@'.repeat(20_000)}`, `${'a.'.repeat(120)}@b`, '1'.repeat(100_000)]) {
    for (const name of names) expect(() => scalars[name].parseValue(text)).toThrow();
  }
  expect(performance.now() - started).toBeLessThan(250);
});
