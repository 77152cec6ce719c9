import { type ContactEntry, contactFrom } from './contact';

const ada: ContactEntry = {
  name: 'Ada Lovelace',
  email: 'Ada@Northwind.example',
  address: { street: '1 St James Square', city: 'London', postalCode: 'SW1Y 4LB', country: 'GB' },
};
const at = (change: Partial<ContactEntry['address']>) => ({ ...ada, address: { ...ada.address, ...change } });

test('a contact is kept with its address in one line each and its e-mail in lower case', () => {
  expect(contactFrom(ada, 'billTo')).toEqual({
    ok: true,
    value: {
      name: 'Ada Lovelace',
      email: 'ada@northwind.example',
      street: '1 St James Square',
      city: 'London',
      postalCode: 'SW1Y 4LB',
      region: null,
      country: 'GB',
    },
  });
  expect(contactFrom(at({ postalCode: ' ', region: ' Kent ' }), 'billTo')).toMatchObject({
    ok: true,
    value: { postalCode: '', region: 'Kent' },
  });
});

test.each([
  [{ ...ada, name: ' ' }, ['billTo', 'name']],
  [{ ...ada, email: 'ada' }, ['billTo', 'email']],
  [at({ street: '' }), ['billTo', 'address', 'street']],
  [at({ city: 'Lon\u0000don' }), ['billTo', 'address', 'city']],
  [at({ postalCode: '9'.repeat(21) }), ['billTo', 'address', 'postalCode']],
  [at({ region: 'x'.repeat(101) }), ['billTo', 'address', 'region']],
  [at({ country: 'gb' }), ['billTo', 'address', 'country']],
])('contact %# is refused and the field is named', (entry, path) => {
  expect(contactFrom(entry, 'billTo')).toMatchObject({ ok: false, refusal: { code: 'CONTACT_INVALID', path } });
});
