import { fieldsChanged } from './audit';

test('the trail names what differs, and no value', () => {
  expect(fieldsChanged({ name: 'A', isAutoPay: false, vatId: null }, { name: 'B', isAutoPay: false })).toEqual(['name']);
  expect(fieldsChanged({ vatId: 'DE136695976' }, { vatId: 'DE136695976' })).toEqual([]);
});
