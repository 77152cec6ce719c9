/** Where webhooks are never sent, whatever a partner writes down, and what receivers do to who tells them. */
import { createServer } from 'node:net';
import { wallClock } from '../../../kernel/time';
import { openWebhookSender } from '../../../subgraphs/partners/ports/webhook-sender';
import { openReceiver } from '../../support/receiver';

test.each([
  'https://10.0.0.1/hook',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[fd00::1]/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://100.64.0.1/',
  'http://hooks.example.com/',
])('nothing is ever sent to %s', async url => {
  const sender = openWebhookSender({
    environment: 'production',
    variables: { WEBHOOK_SECRET: 'x'.repeat(32), WEBHOOKS_TO_LOOPBACK: 'dangerously_yes_for_development_only' },
  });
  expect(sender.faultOf(url)).not.toBeNull();
  expect(await sender.send({ id: 'whd_1', webhookId: 'whk_1', url, body: '{}', at: wallClock.now() })).toMatchObject({ status: null });
});

test('a name that leads inside is refused when it is looked up, whatever it led to when it was set', async () => {
  const sender = openWebhookSender({ environment: 'production', variables: { WEBHOOK_SECRET: 'x'.repeat(32) } });
  const inside = await openReceiver();
  const url = `https://localhost:${inside.port}/hook`;
  expect(sender.faultOf(url)).toBeNull();
  const outcome = await sender.send({ id: 'whd_1', webhookId: 'whk_1', url, body: '{}', at: wallClock.now() });
  expect(outcome).toEqual({ status: null, error: 'This address is not one of the public internet.' });
  expect(inside.told).toEqual([]);
  await inside.close();
});

const HERE = { environment: 'test', variables: { WEBHOOKS_TO_LOOPBACK: 'dangerously_yes_for_development_only' } } as const;
const told = (url: string) => ({ id: 'whd_1', webhookId: 'whk_1', url, body: '{}', at: wallClock.now() });

test.each(['hangs', 'drips'] as const)('a receiver that %s is given up in time', async mood => {
  const receiver = await openReceiver();
  receiver.state.mood = mood;
  const outcome = await openWebhookSender({ ...HERE, tryMs: 300 }).send(told(receiver.url));
  expect(outcome).toEqual({ status: null, error: 'It did not answer in time.' });
  await receiver.close();
});

test('a receiver whose answer never ends has answered, and is not listened to', async () => {
  const receiver = await openReceiver();
  receiver.state.mood = 'never ends';
  expect(await openWebhookSender(HERE).send(told(receiver.url))).toEqual({ status: 200, error: null });
  await receiver.close();
});

test('a name server that never answers is not waited for', async () => {
  const sender = openWebhookSender({ ...HERE, tryMs: 100, resolve: () => new Promise(() => {}) });
  expect(await sender.send(told('https://hooks.partner.example/'))).toEqual({ status: null, error: 'It did not answer in time.' });
});

test('a name is looked up once for each try, and what was looked at is what is connected to', async () => {
  let connections = 0;
  const listener = createServer(socket => {
    connections += 1;
    socket.destroy();
  });
  const port = await new Promise<number>(open =>
    listener.listen(0, '127.0.0.1', () => open(Number(JSON.parse(JSON.stringify(listener.address())).port))),
  );
  // The first look-up leads to where one may go; every later one leads inside.
  const lookedUp: string[] = [];
  const resolve = async (name: string) => {
    lookedUp.push(name);
    return [{ address: lookedUp.length === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
  };
  const sender = openWebhookSender({ ...HERE, resolve });
  const url = `https://hooks.partner.example:${port}/`;
  expect(await sender.send(told(url))).toEqual({ status: null, error: 'It could not be reached.' });
  expect([lookedUp, connections]).toEqual([['hooks.partner.example'], 1]);
  expect(await sender.send(told(url))).toEqual({ status: null, error: 'This address is not one of the public internet.' });
  expect([lookedUp.length, connections]).toEqual([2, 1]);
  const both = openWebhookSender({
    ...HERE,
    resolve: async () => ['127.0.0.1', '169.254.169.254'].map(address => ({ address, family: 4 })),
  });
  expect(await both.send(told(url))).toEqual({ status: null, error: 'This address is not one of the public internet.' });
  expect(connections).toBe(1);
  await new Promise(closed => listener.close(closed));
});
