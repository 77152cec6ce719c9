import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { licenses } from '../../../subgraphs/licenses/server';
import { openTestHouse, type TestHouse } from '../../support/house';
import { buyerOf, support } from '../../support/viewers';
import {
  accountChanged,
  activate,
  codeOf,
  deliveryRequested,
  granted,
  keys,
  licenseRequested,
  newPurchase,
  openLicenses,
  type Purchase,
  representing,
  SUBSCRIPTION,
  versionCreated,
} from './scene';

const deliveredOf = async (house: TestHouse, { orderId }: Purchase, type = 'LicensesDelivered.v1') =>
  (await house.announced(type)).filter(event => event.subject === orderId).map(event => event.data);

describe('with a mail server that works', () => {
  let house: Awaited<ReturnType<typeof openLicenses>>;
  beforeAll(async () => {
    house = await openLicenses();
  });
  afterAll(() => house.close());

  test('the code goes to Sold-To by mail, and nobody else', async () => {
    const purchase = newPurchase();
    const code = await granted(house, purchase);
    await house.receive('orders', deliveryRequested(purchase));
    await house.runJobs();
    const mails = house.mails().filter(mail => mail.includes(code));
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/^To: Sold To <sold@example\.com>$/m);
    expect(mails[0]).toMatch(/^Message-ID: <dlv_[0-9a-f]{32}@licenses>$/m);
    expect(mails[0]).not.toMatch(/^(Cc|Bcc):/m);
    expect(await deliveredOf(house, purchase)).toEqual([
      expect.objectContaining({ attempt: 1, deliveryId: expect.stringMatching(/^dlv_/) }),
    ]);
  });

  test('the owner and support see how far the mail is', async () => {
    const purchase = newPurchase();
    await activate(house, await granted(house, purchase));
    await house.receive('orders', deliveryRequested(purchase));
    const deliveries = async () => {
      const { data } = await house.run(buyerOf(purchase.accountId), SUBSCRIPTION, representing(purchase.subscriptionId));
      return data._entities[0].licenses[0].deliveries;
    };
    expect(await deliveries()).toEqual([{ channel: 'EMAIL', recipient: null, status: 'REQUESTED' }]);
    await house.runJobs();
    expect(await deliveries()).toEqual([{ channel: 'EMAIL', recipient: 'sold@example.com', status: 'SENT' }]);
  });

  test('a mail that was sent is not sent again, only answered again', async () => {
    const purchase = newPurchase();
    const code = await granted(house, purchase);
    await house.receive('orders', deliveryRequested(purchase));
    await house.runJobs();
    await house.receive('orders', deliveryRequested(purchase, 2));
    await house.runJobs();
    expect(house.mails().filter(mail => mail.includes(code))).toHaveLength(1);
    expect((await deliveredOf(house, purchase)).map(data => (data as { attempt: number }).attempt)).toEqual([1, 2]);
  });

  test('a mail whose contact is not known yet waits for it', async () => {
    const purchase = newPurchase();
    await house.receive('subscriptions', versionCreated(purchase));
    await house.receive('orders', licenseRequested(purchase), deliveryRequested(purchase));
    await house.runJobs();
    expect(await deliveredOf(house, purchase)).toEqual([]);
    await house.receive('customers', accountChanged(purchase));
    await house.runJobs();
    expect(await deliveredOf(house, purchase)).toHaveLength(1);
    expect(house.mails().filter(mail => mail.includes('sold@'))).not.toEqual([]);
    expect(await codeOf(house, purchase)).toBeDefined();
  });

  test('a name with line breaks adds no header to the mail', async () => {
    const purchase = newPurchase();
    await granted(house, purchase);
    const contact = (accountChanged(purchase).data as { soldTo: object }).soldTo;
    await house.receive(
      'customers',
      accountChanged(purchase, { version: 2, soldTo: { ...contact, name: 'Eve\r\nBcc: evil@example.com' } as never }),
    );
    await house.receive('orders', deliveryRequested(purchase));
    await house.runJobs();
    expect(house.mails().filter(mail => /^Bcc:/m.test(mail.split('\n\n')[0] ?? ''))).toEqual([]);
  });
});

describe('with a mail server that fails', () => {
  const broken = join(tmpdir(), `no-mail-${process.pid}`);
  let house: TestHouse;
  beforeAll(async () => {
    writeFileSync(broken, 'a file where a directory should be');
    house = await openTestHouse(licenses, { variables: { MAIL_DIR: broken, LICENSE_SIGNING_KEYS: JSON.stringify(keys) } });
  });
  afterAll(async () => {
    await house.close();
    rmSync(broken, { force: true, recursive: true });
  });

  test('the job tries four times, then the step has failed and may be tried again', async () => {
    const purchase = newPurchase();
    await granted(house, purchase);
    await house.receive('orders', deliveryRequested(purchase));
    for (let attempt = 1; attempt <= 4; attempt++) {
      await house.runJobs();
      await house.sql`update graphile_worker._private_jobs set run_at = now()`;
    }
    expect(await deliveredOf(house, purchase, 'StepFailed.v1')).toEqual([
      {
        orderId: purchase.orderId,
        accountId: purchase.accountId,
        step: 'DELIVERY',
        attempt: 1,
        code: 'MAIL_NOT_SENT',
        message: expect.any(String),
        isRetryable: true,
      },
    ]);

    rmSync(broken);
    await house.receive('orders', deliveryRequested(purchase, 2));
    await house.runJobs();
    expect(await deliveredOf(house, purchase)).toEqual([expect.objectContaining({ attempt: 2 })]);
    const { data } = await house.run(support, SUBSCRIPTION, representing(purchase.subscriptionId));
    expect(data._entities[0].licenses).toEqual([]);
  });
});
