/**
 * Races for one subscription: seats are added twice, it is renewed, cancelled with its money back, and its invoice line is
 * credited and refunded by finance, all at the same moment. Who wins is left to chance; what holds afterwards is not.
 */
import type { TestPlatform } from './platform';
import { accepted, type Company, newKey } from './shop';

/** What came of the requests of all rounds: how many of each kind were carried out, stopped, or refused with which code. */
export type Outcomes = Record<string, number>;

const BOUGHT_AT = new Date('2025-06-15T12:00:00.000Z');
/** Ten days before the end of a month's term, and twenty after its purchase: it may be renewed, and refunded too. */
const RACED_AT = new Date('2025-07-05T12:00:00.000Z');
const SEATS = 10;
const SUBSCRIPTIONS_AT_ONCE = 50;

interface Sold {
  readonly name: string;
  readonly invoiceNumber: string;
  readonly lineId: string;
  readonly total: { readonly amount: string; readonly currency: string };
  readonly paymentId: string;
}

const REFUSALS = 'userErrors { code }';
const BUY = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code message path retryable } } }`;
const ADD = `mutation ($input: AddSeatsInput!) { addSeats(input: $input) { order { id } ${REFUSALS} } }`;
const RENEW = `mutation ($input: RenewSubscriptionInput!) { renewSubscription(input: $input) { order { id } ${REFUSALS} } }`;
const CANCEL = `mutation ($input: CancelSubscriptionInput!) { cancelSubscription(input: $input) { order { id } ${REFUSALS} } }`;
const CREDIT = `mutation ($input: PostCreditMemoInput!) { postCreditMemo(input: $input) { creditMemo { number } ${REFUSALS} } }`;
const REFUND = `mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { refund { number } ${REFUSALS} } }`;
const LAST_INVOICE = `query ($account: ID!) { billingAccount(id: $account) { invoices(first: 1) { nodes { number payments { id } lines { id amount { amount currency } } } } } }`;

/** Buys so many subscriptions for a month, fifty in an order; then races for each of them, some at the same time. */
export async function race(platform: TestPlatform, company: Company, rounds: number, atOnce: number): Promise<Outcomes> {
  await platform.clock.set(BOUGHT_AT);
  const paymentMethodId = await platform.addCard(company, 'tok_visa_succeeds');
  const sold: Sold[] = [];
  for (let left = rounds; left > 0; left -= SUBSCRIPTIONS_AT_ONCE)
    sold.push(...(await buy(platform, company, paymentMethodId, Math.min(left, SUBSCRIPTIONS_AT_ONCE))));
  await platform.clock.untilAtRest();

  await platform.clock.set(RACED_AT);
  const finance = await platform.finance();
  const outcomes: Outcomes = {};
  const waiting = sold.entries();
  const runner = async () => {
    for (const [number, one] of waiting) await round(platform, company, { finance, paymentMethodId, number }, one, outcomes);
  };
  await Promise.all(Array.from({ length: atOnce }, runner));
  await platform.clock.untilAtRest();
  for (const { kind, state, count } of await ordersOf(platform)) outcomes[`${kind} ${state}`] = count;
  return outcomes;
}

async function buy(platform: TestPlatform, company: Company, paymentMethodId: string, count: number): Promise<readonly Sold[]> {
  const createSubscription = { sku: 'premium-self-managed', quantity: SEATS, termMonths: 1 };
  const actions = Array.from({ length: count }, () => ({ createSubscription }));
  const input = { idempotencyKey: newKey(), billingAccountId: company.accountId, termsAccepted: true, paymentMethodId, actions };
  const { placeOrder } = await platform.query(company.token, BUY, { input });
  await platform.clock.untilAtRest();
  const order = await platform.untilOrder(company.token, accepted(placeOrder).order.id);
  const { billingAccount } = await platform.query(company.token, LAST_INVOICE, { account: company.accountId });
  const [invoice] = billingAccount.invoices.nodes;
  return order.actions.map(({ subscription }: { subscription: { name: string } }, index: number) => ({
    name: subscription.name,
    invoiceNumber: invoice.number,
    lineId: invoice.lines[index].id,
    total: invoice.lines[index].amount,
    paymentId: invoice.payments[0].id,
  }));
}

async function round(
  platform: TestPlatform,
  company: Company,
  { finance, paymentMethodId, number }: { readonly finance: string; readonly paymentMethodId: string; readonly number: number },
  sold: Sold,
  outcomes: Outcomes,
): Promise<void> {
  const { name: subscriptionName, invoiceNumber, lineId, total, paymentId } = sold;
  const ask = async (token: string, mutation: string, input: object): Promise<void> => {
    const { data, errors } = await platform.ask(token, mutation, { input: { idempotencyKey: newKey(), ...input } });
    const [name, payload] = Object.entries<{ readonly userErrors: readonly { readonly code: string }[] } | null>(data ?? {})[0] ?? [];
    const came = errors[0]?.extensions.code ?? payload?.userErrors[0]?.code ?? 'taken';
    const kind = `${name}: ${came}`;
    outcomes[kind] = (outcomes[kind] ?? 0) + 1;
  };
  const giveBack = async () => {
    await ask(finance, CREDIT, { invoiceNumber, lines: [{ invoiceLineId: lineId }], use: 'ACCOUNT_CREDIT', reason: 'A race' });
    await ask(finance, REFUND, { paymentId, amount: total, reason: 'A race' });
  };
  const racers = [
    () => ask(company.token, ADD, { subscriptionName, quantity: 2, paymentMethodId }),
    () => ask(company.token, CANCEL, { subscriptionName, refund: true, reason: 'A race' }),
    () => ask(company.token, RENEW, { subscriptionName, termMonths: 1, paymentMethodId }),
    () => ask(company.token, ADD, { subscriptionName, quantity: 3 }),
    giveBack,
  ];
  // Who is a little ahead changes from round to round, or the same one would always win.
  const first = number % racers.length;
  await Promise.all([...racers.slice(first), ...racers.slice(0, first)].map(racer => racer()));
}

const ordersOf = async (platform: TestPlatform) =>
  platform.sql('orders')<{ kind: string; state: string; count: number }[]>`
    select a.kind, o.state, count(*)::int as count from order_actions a
      join orders o on o.account_id = a.account_id and o.id = a.order_id group by 1, 2 order by 1, 2`;
