/**
 * Histories of a customer, as chance makes them up: purchases, additions, upgrades, renewals, cancellations, payments and
 * refunds over two years. Each act is previewed, tried out and done through the gateway, and must be the same each time.
 */
import fc from 'fast-check';
import { houseNames } from '../../scripts/platform/houses';
import type { TestPlatform } from './platform';
import { type Company, newKey } from './shop';

/** One thing that a customer does, `which` of its subscriptions it is about, and how long after the one before. */
export type Act = { readonly days: number; readonly which: number; readonly isByCard: boolean } & (
  | { readonly kind: 'BUY'; readonly quantity: number; readonly termMonths: number; readonly sku: string }
  | { readonly kind: 'ADD'; readonly quantity: number }
  | { readonly kind: 'ADD_PRODUCT'; readonly quantity: number }
  | { readonly kind: 'REMOVE_PRODUCT' }
  | { readonly kind: 'UPGRADE' }
  | { readonly kind: 'RENEW'; readonly termMonths: number }
  | { readonly kind: 'CANCEL'; readonly isRefunded: boolean }
  | { readonly kind: 'TRANSFER'; readonly percent: number }
  | { readonly kind: 'CREDIT' }
  | { readonly kind: 'REFUND' }
);

/** Where a customer is, and what it pays in: currencies with two digits after the point, and with none. */
export interface History {
  readonly place: { readonly country: string; readonly currency: string };
  readonly acts: readonly Act[];
}

const common = { days: fc.integer({ min: 0, max: 40 }), which: fc.nat(9), isByCard: fc.boolean() };
const quantity = fc.integer({ min: 1, max: 60 });
const termMonths = fc.constantFrom(1, 6, 12, 12, 13);
const buy = fc.record({
  ...common,
  kind: fc.constant('BUY' as const),
  quantity,
  termMonths,
  sku: fc.constantFrom('premium-self-managed', 'ultimate-self-managed'),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: buy },
  { weight: 4, arbitrary: fc.record({ ...common, kind: fc.constant('ADD' as const), quantity }) },
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('ADD_PRODUCT' as const), quantity: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ ...common, kind: fc.constant('REMOVE_PRODUCT' as const) }) },
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('UPGRADE' as const) }) },
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('RENEW' as const), termMonths }) },
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('CANCEL' as const), isRefunded: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ ...common, kind: fc.constant('TRANSFER' as const), percent: fc.integer({ min: 1, max: 100 }) }) },
  { weight: 1, arbitrary: fc.record({ ...common, kind: fc.constant('CREDIT' as const) }) },
  { weight: 1, arbitrary: fc.record({ ...common, kind: fc.constant('REFUND' as const) }) },
);

/** A customer buys once at least. */
export const history: fc.Arbitrary<History> = fc.record({
  place: fc.constantFrom({ country: 'US', currency: 'USD' }, { country: 'DE', currency: 'EUR' }, { country: 'JP', currency: 'JPY' }),
  acts: fc.tuple(buy, fc.array(act, { minLength: 4, maxLength: 8 })).map(([first, rest]) => [first, ...rest]),
});

const REFUSALS = 'userErrors { code message path }';
const MONEY = '{ amount currency }';
const PREVIEW = `query ($input: PlaceOrderInput!) { previewOrder(input: $input) {
  lines { sku quantity amount ${MONEY} working } subtotal ${MONEY} tax ${MONEY} total ${MONEY} ${REFUSALS} } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id total ${MONEY}
  lines { sku quantity amount ${MONEY} working } } ${REFUSALS} } }`;
const INVOICES = `query ($id: ID!) { billingAccount(id: $id) { invoices(first: 100) { nodes { number balance ${MONEY} total ${MONEY} payments { id }
  lines { sku quantity amount ${MONEY} working } } } } }`;
const TRANSFER = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { ${REFUSALS} } }`;
const CREDIT = `mutation ($input: PostCreditMemoInput!) { postCreditMemo(input: $input) { ${REFUSALS} } }`;
const REFUND = `mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { ${REFUSALS} } }`;

interface Life {
  readonly platform: TestPlatform;
  readonly company: Company;
  readonly paymentMethodId: string;
  readonly finance: string;
  readonly names: string[];
  /** What was done, for the message of a failure. */
  readonly told: string[];
}

/** Lives through a history, and answers what was not as it should be. */
export async function live(platform: TestPlatform, { place, acts }: History, name: string): Promise<readonly string[]> {
  let today = new Date('2024-01-31T12:00:00.000Z');
  await platform.clock.set(today);
  const company = await platform.openCompany(name, place);
  const paymentMethodId = await platform.addCard(company, 'tok_visa_succeeds');
  const of: Life = { platform, company, paymentMethodId, finance: await platform.finance(), names: [], told: [] };
  const wrong: string[] = [];
  for (const one of acts) {
    today = new Date(today.getTime() + one.days * 86_400_000);
    await platform.clock.set(today);
    wrong.push(...(await carryOut(of, one)));
  }
  await platform.clock.untilAtRest();
  wrong.push(...(await seatsByDay(of)));
  return wrong.map(sentence => `${sentence}\n  ${of.told.join('\n  ')}`);
}

async function carryOut(of: Life, one: Act): Promise<readonly string[]> {
  if (one.kind === 'TRANSFER' || one.kind === 'CREDIT' || one.kind === 'REFUND') return settleUp(of, one);
  const action = orderAction(of, one);
  return action ? order(of, one, action) : [];
}

function orderAction({ names }: Life, one: Act): object | null {
  const subscriptionName = names[one.which % Math.max(names.length, 1)];
  switch (one.kind) {
    case 'BUY':
      return { createSubscription: { sku: one.sku, quantity: one.quantity, termMonths: one.termMonths } };
    case 'ADD':
      return { addSeats: { subscriptionName, quantity: one.quantity } };
    case 'ADD_PRODUCT':
      return { addProduct: { subscriptionName, sku: 'code-assistant', quantity: one.quantity } };
    case 'REMOVE_PRODUCT':
      return { removeProduct: { subscriptionName, sku: 'code-assistant' } };
    case 'UPGRADE':
      return { changePlan: { subscriptionName, sku: 'ultimate-self-managed' } };
    case 'RENEW':
      return { renew: { subscriptionName, termMonths: one.termMonths } };
    case 'CANCEL':
      return { cancel: { subscriptionName, refund: one.isRefunded } };
    default:
      return null;
  }
}

/** Preview = dry run = order = invoice, to the cent and line by line; and who only asks changes nothing. */
async function order(of: Life, one: Act, action: object): Promise<readonly string[]> {
  const { platform, company, paymentMethodId, names, told } = of;
  const paid = one.isByCard && one.kind !== 'CANCEL' ? { paymentMethodId } : {};
  const input = { billingAccountId: company.accountId, termsAccepted: true, actions: [action], ...paid };
  const { preview, tried, wrong } = await rehearse(platform, company, input);

  const { placeOrder: placed } = await platform.query(company.token, PLACE, { input: { idempotencyKey: newKey(), ...input } });
  told.push(`${JSON.stringify(action)} → ${placed.order ? `${placed.order.total.amount}` : placed.userErrors[0].code}`);
  const refused = [preview, tried, placed].map(answer => answer.userErrors[0]?.code ?? null);
  if (new Set(refused).size > 1) return [...wrong, `Preview, dry run and order are refused differently: ${refused.join(', ')}.`];
  if (!placed.order) return wrong;

  await platform.clock.untilAtRest();
  const done = await platform.untilOrder(company.token, placed.order.id);
  if (one.kind === 'BUY') names.push(done.actions[0].subscription.name);
  for (const [what, answer] of [
    ['dry run', tried.order],
    ['preview', preview],
  ] as const) {
    if (linesOf(answer) !== linesOf(placed.order)) wrong.push(`The ${what} has other lines than the order: ${linesOf(answer)}`);
  }
  const invoice = (await invoices(of)).find(({ lines }) => linesOf({ lines, total: placed.order.total }) === linesOf(placed.order));
  const isInvoiced = Number(placed.order.total.amount) > 0;
  if (isInvoiced && invoice?.total.amount !== placed.order.total.amount)
    wrong.push(`No invoice has the lines of the order: ${linesOf(placed.order)}`);
  return wrong;
}

/** Asks what an order would be, in both ways. The calendar may act meanwhile, so a change is one that is seen each time. */
async function rehearse(platform: TestPlatform, company: Company, input: object) {
  for (let look = 1; ; look++) {
    const before = await facts(platform);
    const { previewOrder: preview } = await platform.query(company.token, PREVIEW, { input: { idempotencyKey: newKey(), ...input } });
    const { placeOrder: tried } = await platform.query(company.token, PLACE, {
      input: { idempotencyKey: newKey(), dryRun: true, ...input },
    });
    const isUnchanged = before === (await facts(platform));
    if (isUnchanged || look === LOOKS) return { preview, tried, wrong: isUnchanged ? [] : ['A preview and a dry run changed something.'] };
    await platform.clock.untilAtRest();
  }
}

const LOOKS = 3;

interface Line {
  readonly sku: string;
  readonly quantity: number;
  readonly amount: { readonly amount: string };
  readonly working: string;
}

const linesOf = ({ lines, total }: { readonly lines: readonly Line[]; readonly total: { readonly amount: string } }): string =>
  JSON.stringify([total.amount, lines.map(({ sku, quantity, amount, working }) => [sku, quantity, amount.amount, working])]);

interface Invoice {
  readonly number: string;
  readonly balance: { readonly amount: string; readonly currency: string };
  readonly total: { readonly amount: string };
  readonly payments: readonly { readonly id: string }[];
  readonly lines: readonly Line[];
}

const invoices = async ({ platform, company, finance }: Life): Promise<readonly Invoice[]> =>
  (await platform.query(finance, INVOICES, { id: company.accountId })).billingAccount.invoices.nodes;

/** What finance does: a part is paid by transfer, or an invoice is credited, or a card gets back what it can. */
async function settleUp(of: Life, one: Act): Promise<readonly string[]> {
  const { platform, finance, told } = of;
  const all = await invoices(of);
  const invoice = all[one.which % Math.max(all.length, 1)];
  if (!invoice) return [];
  const ask = async (mutation: string, input: object) => {
    const data = await platform.query(finance, mutation, { input: { idempotencyKey: newKey(), ...input } });
    told.push(`${one.kind} of ${invoice.number} → ${JSON.stringify(Object.values(data)[0])}`);
  };
  const { amount, currency } = invoice.balance;
  const digits = amount.split('.')[1]?.length ?? 0;
  if (one.kind === 'TRANSFER' && Number(amount) > 0) {
    const part = ((Number(amount) * one.percent) / 100).toFixed(digits);
    const receivedOn = platform.clock.now().toISOString().slice(0, 10);
    await ask(TRANSFER, { invoiceNumber: invoice.number, amount: { amount: part, currency }, receivedOn, reference: 'Wire' });
  }
  if (one.kind === 'CREDIT') await ask(CREDIT, { invoiceNumber: invoice.number, reason: 'Goodwill' });
  if (one.kind === 'REFUND' && invoice.payments[0]) await ask(REFUND, { paymentId: invoice.payments[0].id, reason: 'Goodwill' });
  return [];
}

const SEATS = `query ($name: ID!) { subscription(name: $name) { charges(first: 100) { nodes { kind quantity startsOn endsOn } } SEATS_BY_DAY } }`;

/** On each of these days, the seats that the graph tells are the sum of the base charges in force. */
async function seatsByDay({ platform, company, names }: Life): Promise<readonly string[]> {
  const days = ['2024-01-30', '2024-01-31', ...Array.from({ length: 24 }, (_, month) => isoDay(2024, 1 + month, 29 - (month % 3)))];
  const aliases = days.map((on, index) => `d${index}: seats(asOf: "${on}T00:00:00Z")`).join(' ');
  const wrong: string[] = [];
  for (const name of names) {
    const { subscription } = await platform.query(company.token, SEATS.replace('SEATS_BY_DAY', aliases), { name });
    for (const [index, on] of days.entries()) {
      const summed = (subscription.charges.nodes as readonly { kind: string; quantity: number; startsOn: string; endsOn: string }[])
        .filter(charge => charge.kind === 'BASE' && charge.startsOn <= on && on < charge.endsOn)
        .reduce((sum, charge) => sum + charge.quantity, 0);
      if (subscription[`d${index}`] !== summed)
        wrong.push(`${name} has ${subscription[`d${index}`]} seats on ${on}, and charges for ${summed}.`);
    }
  }
  return wrong;
}

const isoDay = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** How much of everything there is in each house. A write that was rolled back leaves all of it as it was. */
async function facts(platform: TestPlatform): Promise<string> {
  const counted = houseNames().map(async house => {
    const tables = await platform.sql(house)<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('public', 'development_provider') and table_type = 'BASE TABLE' and table_name not in ('reader_position', 'inbox') order by 1`;
    const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from ${name}`).join(' union all ');
    return platform.sql(house).unsafe(`${counts} order by 1`);
  });
  return JSON.stringify(await Promise.all(counted));
}
