/** Where webhooks are never sent, whatever a partner writes down. */
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
