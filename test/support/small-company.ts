/**
 * Three years of a small company, act by act: it tries, buys, grows, pays late, loses a card, lets a term run out and comes back.
 * All of it goes through the public graph at a clock that stands, so whatever happens in between is the calendar's doing.
 */
import { ask as askHouse } from './house';
import type { TestPlatform } from './platform';
import { accepted, type Company, newKey } from './shop';
import { service } from './viewers';

/** What the company has by now; acts add to it. */
interface Life {
  readonly platform: TestPlatform;
  /** Pays by card, by itself. */
  readonly shop: Company;
  /** Pays invoices by transfer. */
  readonly projects: Company;
  readonly group: string;
  /** Subscriptions by the name that the company gives them. */
  readonly names: Map<string, string>;
  card: string;
}

interface Act {
  readonly on: string;
  readonly does: (life: Life) => Promise<unknown>;
}

const ACTS: readonly Act[] = [
  {
    on: '2024-02-05',
    does: ({ platform, shop, group }) => ask(platform, shop.token, 'startTrial', { namespaceId: group, kind: 'ULTIMATE' }),
  },
  { on: '2024-02-20', does: life => buys(life, 'hosted', { sku: 'premium-saas', quantity: 10, namespaceId: life.group }) },
  { on: '2024-02-29', does: life => buysRamp(life) },
  { on: '2024-03-01', does: life => buys(life, 'lab', { sku: 'premium-self-managed', quantity: 5 }) },
  { on: '2024-03-20', does: life => paysByTransfer(life) },
  { on: '2024-04-10', does: life => orders(life, { addProduct: { ...named(life, 'hosted'), sku: 'code-assistant', quantity: 5 } }) },
  { on: '2024-05-10', does: life => uses(life, 13) },
  { on: '2024-07-15', does: life => orders(life, { addSeats: { ...named(life, 'hosted'), quantity: 4 } }) },
  { on: '2024-08-10', does: life => uses(life, 20) },
  { on: '2024-08-12', does: life => takesCard(life, 'tok_declined') },
  { on: '2024-09-05', does: life => takesCard(life, 'tok_amex_succeeds') },
  { on: '2024-10-01', does: life => buys(life, 'workshop', { sku: 'premium-self-managed', quantity: 5 }) },
  { on: '2024-10-20', does: life => orders(life, { cancel: { ...named(life, 'workshop'), refund: true } }, null) },
  { on: '2024-11-10', does: life => uses(life, 18) },
  { on: '2024-12-01', does: life => orders(life, { addProduct: { ...named(life, 'hosted'), sku: 'compute-1000', quantity: 2 } }) },
  { on: '2025-02-10', does: life => uses(life, 22) },
  { on: '2025-02-26', does: life => takesCard(life, 'tok_insufficient_funds') },
  { on: '2025-03-10', does: life => paysDeclinedOrder(life) },
  { on: '2025-03-15', does: life => orders(life, { changePlan: { ...named(life, 'hosted'), sku: 'ultimate-saas' } }) },
  { on: '2025-06-01', does: life => ask(life.platform, life.shop.token, 'setAutoRenew', { ...named(life, 'hosted'), isOn: false }) },
  { on: '2025-07-10', does: life => paysByTransfer(life) },
  { on: '2026-02-25', does: life => isGivenMoreTime(life) },
  { on: '2026-03-05', does: life => orders(life, { renew: { ...named(life, 'hosted'), quantity: 15 } }) },
  { on: '2026-03-20', does: life => paysByTransfer(life) },
  { on: '2026-06-01', does: life => isPaused(life, 'suspendSubscription', { reason: 'The lab moves.' }) },
  { on: '2026-06-15', does: life => isPaused(life, 'resumeSubscription') },
  { on: '2026-11-10', does: life => orders(life, { changePlan: { ...named(life, 'hosted'), sku: 'premium-saas' } }, null) },
  { on: '2026-12-01', does: life => orders(life, { cancel: named(life, 'lab') }, null) },
];

/** The houses begin a little before the company does, at a moment at which their clock stands. */
export const HOUSES_BEGIN_AT = new Date('2024-01-31T08:00:00.000Z');
const BEGINS_AT = new Date('2024-01-31T09:00:00.000Z');

/** Lives up to a day, and answers the names of the company's subscriptions by what it calls them. */
export async function liveUntil(platform: TestPlatform, endsAt: Date): Promise<ReadonlyMap<string, string>> {
  const life = await begin(platform);
  for (const { on, does } of ACTS) {
    const at = new Date(`${on}T09:00:00.000Z`);
    if (at >= endsAt) break;
    await platform.clock.moveTo(at);
    await does(life);
    await platform.clock.untilAtRest();
  }
  await platform.clock.moveTo(endsAt);
  return life.names;
}

async function begin(platform: TestPlatform): Promise<Life> {
  await platform.clock.moveTo(BEGINS_AT);
  const shop = await platform.openCompany('Northwind');
  const projects = await platform.openCompany('Northwind Projects');
  const sales = await platform.staff('SALES');
  await ask(platform, sales, 'updateBillingAccount', { billingAccountId: shop.accountId, isAutoPay: true });
  const card = await platform.addCard(shop, 'tok_visa_succeeds');
  const group = await platform.registerNamespace(shop, 'northwind');
  await platform.clock.untilAtRest();
  return { platform, shop, projects, group, names: new Map(), card };
}

/** One mutation that must not be refused; its keys tell nobody apart. */
async function ask({ query }: TestPlatform, token: string, mutation: string, input: object, wanted = '') {
  return accepted((await query(token, mutationOf(mutation, wanted), { input: { idempotencyKey: newKey(), ...input } }))[mutation]);
}

function mutationOf(mutation: string, wanted = ''): string {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${wanted} userErrors { code message path } } }`;
}

const named = ({ names }: Life, called: string) => ({ subscriptionName: names.get(called)! });

/** An order of the company, by its card where it is to be paid; carried out before anything else happens. */
async function orders(life: Life, action: object, paymentMethodId: string | null = life.card): Promise<string> {
  const { platform, shop } = life;
  const input = { billingAccountId: shop.accountId, termsAccepted: true, actions: [action], ...(paymentMethodId && { paymentMethodId }) };
  const { order } = await ask(platform, shop.token, 'placeOrder', input, 'order { id }');
  const done = await platform.untilOrder(shop.token, order.id);
  return done.actions[0].subscription.name;
}

async function buys(life: Life, called: string, createSubscription: object): Promise<void> {
  life.names.set(called, await orders(life, { createSubscription }));
}

/** Three years on one contract, with more seats each year; each year is invoiced when it begins. */
async function buysRamp({ platform, projects, names }: Life): Promise<void> {
  const createSubscription = { sku: 'premium-self-managed', quantity: 20, rampSeats: [25, 30], termMonths: 36 };
  const input = { billingAccountId: projects.accountId, termsAccepted: true, actions: [{ createSubscription }] };
  const { order } = await ask(platform, projects.token, 'placeOrder', input, 'order { id }');
  names.set('projects', (await platform.untilOrder(projects.token, order.id)).actions[0].subscription.name);
}

const OPEN = `query ($id: ID!) { billingAccount(id: $id) { invoices(first: 20, where: { status: { eq: POSTED } }) {
  nodes { number balance { amount currency } } } } }`;

async function paysByTransfer({ platform, projects }: Life): Promise<void> {
  const finance = await platform.finance();
  const { billingAccount } = await platform.query(finance, OPEN, { id: projects.accountId });
  const receivedOn = platform.clock.now().toISOString().slice(0, 10);
  for (const { number: invoiceNumber, balance } of billingAccount.invoices.nodes) {
    if (Number(balance.amount) > 0)
      await ask(platform, finance, 'recordPayment', { invoiceNumber, amount: balance, receivedOn, reference: 'Wire' });
  }
}

/** The hosted product counts its users, and tells it as one of our own services. */
async function uses({ platform, group: namespaceId }: Life, seatsInUse: number): Promise<void> {
  const query = mutationOf('reportNamespaceUsage');
  const variables = { input: { idempotencyKey: newKey(), namespaceId, seatsInUse } };
  const { data } = await askHouse(platform.urlOf('subscriptions'), 'subscriptions', service('hosted'), { query, variables });
  accepted(data.reportNamespaceUsage);
}

/** The newest card is the one that renewals and reconciliations are charged to. */
async function takesCard(life: Life, providerToken: string): Promise<void> {
  life.card = await life.platform.addCard(life.shop, providerToken);
}

const DECLINED = 'query ($id: ID!) { billingAccount(id: $id) { orders(first: 1, where: { state: { eq: ERROR } }) { nodes { id } } } }';

/** The renewal that a card did not pay is paid with another. */
async function paysDeclinedOrder(life: Life): Promise<void> {
  await takesCard(life, 'tok_mastercard_succeeds');
  const { platform, shop, card: paymentMethodId } = life;
  const { billingAccount } = await platform.query(shop.token, DECLINED, { id: shop.accountId });
  const orderId = billingAccount.orders.nodes[0].id;
  await ask(platform, shop.token, 'retryPayment', { orderId, paymentMethodId });
  await platform.untilOrder(shop.token, orderId);
}

const isGivenMoreTime = async (life: Life) =>
  ask(life.platform, await life.platform.support(), 'grantTemporaryExtension', {
    ...named(life, 'hosted'),
    reason: 'The budget comes in March.',
  });

const isPaused = async (life: Life, mutation: string, more: object = {}) =>
  ask(life.platform, await life.platform.support(), mutation, { ...named(life, 'lab'), ...more });
