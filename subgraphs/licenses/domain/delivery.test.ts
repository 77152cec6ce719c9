import { deliveryText } from './delivery';

const selfManaged = {
  name: 'A-S00000001',
  planName: 'Ultimate (self-managed)',
  seats: 10,
  endsOn: '2027-01-01',
  code: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
};

test('the mail of a self-managed subscription carries its activation code', () => {
  expect(deliveryText('Ada', 'O-00000007', [selfManaged])).toEqual({
    subject: 'Your subscription is ready (order O-00000007)',
    text: expect.stringContaining('Activation code: ABCDEFGHJKLMNPQRSTUVWXYZ'),
  });
});

test('the mail of a namespace carries no code', () => {
  const { text } = deliveryText('Ada', 'O-00000007', [{ ...selfManaged, seats: 1, code: null }]);
  expect(text).not.toContain('code');
  expect(text).toContain('1 seat, until 2027-01-01');
});

test('the subject never carries a code', () => {
  expect(deliveryText('Ada', 'O-00000007', [selfManaged]).subject).not.toContain('ABCDEF');
});
