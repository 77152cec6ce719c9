import { emailFrom, lineFrom } from './text';

test.each([
  ['  Northwind   Traders ', 'Northwind Traders'],
  ['Cafe\u0301', 'Café'],
  ['Müller & Söhne GmbH', 'Müller & Söhne GmbH'],
  ['', null],
  ['   ', null],
  ['x'.repeat(201), null],
  ['Acme\u202ecmA', null],
  ['Ac\u200bme', null],
  ['Acme\u0000', null],
  ['Acme\ud800', null],
])('the line of %j is %j', (text, line) => {
  expect(lineFrom(text, 200)).toBe(line);
});

test.each([
  ['Ada@Example.COM', 'ada@example.com'],
  ['a.b+c@mail.example.org', 'a.b+c@mail.example.org'],
  ['no-at.example.com', null],
  ['a@b', null],
  ['a@-b.com', null],
  ['a b@example.com', null],
  [`${'a'.repeat(65)}@example.com`, null],
  [`a@${'b'.repeat(300)}.com`, null],
])('the address of %j is %j', (text, address) => {
  expect(emailFrom(text)).toBe(address);
});

test('a hostile text is judged in no time', () => {
  const startedAt = performance.now();
  emailFrom(`a@${'a-'.repeat(120)}!`);
  lineFrom(`${' \t'.repeat(400)}x`, 200);
  expect(performance.now() - startedAt).toBeLessThan(50);
});
