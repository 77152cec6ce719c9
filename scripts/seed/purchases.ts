import { idFromUuid } from '../../kernel/ids';
import { type MoneyText, moneyOf } from '../../kernel/money';
import { accept } from '../../kernel/result';
import { addDays, type PlainDate } from '../../kernel/time';
import { recordPayment } from '../../subgraphs/billing/actions/recordPayment';
import { activateInstance } from '../../subgraphs/licenses/actions/activateInstance';
import { reportSeatUsage } from '../../subgraphs/licenses/actions/reportSeatUsage';
import type { LicensesServices } from '../../subgraphs/licenses/ports/services';
import { addSeats } from '../../subgraphs/orders/actions/addSeats';
import { placeOrder } from '../../subgraphs/orders/actions/placeOrder';
import { reportNamespaceUsage } from '../../subgraphs/subscriptions/actions/reportNamespaceUsage';
import type { KnownCompany } from './companies';
import { inParallel } from './in-parallel';
import type { Stage } from './stage';
import type { Purchase } from './story';

const AT_A_TIME = 12;
const buying = (company: KnownCompany) => ({ maySee: () => true, channel: company.company.channel });

const cardOf = ({ company, paymentMethodId }: KnownCompany) => (company.paysByCard ? paymentMethodId : null);

/** A purchase that was made, and by whom. */
interface Made {
  readonly by: KnownCompany;
  readonly purchase: Purchase;
}

const allOf = (companies: readonly KnownCompany[]): readonly Made[] =>
  companies.flatMap(by => by.company.purchases.map(purchase => ({ by, purchase })));

/** Every company buys what it buys first. */
export async function buySubscriptions(stage: Stage, companies: readonly KnownCompany[]): Promise<void> {
  await inParallel(allOf(companies), AT_A_TIME, async ({ by, purchase }) => {
    const { sku, seats, termMonths, key, on } = purchase;
    const namespaceId = by.namespaceByPurchase.get(key) ?? null;
    const request = {
      billingAccountId: by.accountId,
      actions: [{ kind: 'CREATE_SUBSCRIPTION', sku, quantity: seats, startsOn: null, termMonths, namespaceId, isAutoRenew: true } as const],
      paymentMethodId: cardOf(by),
      poNumber: null,
      termsAccepted: true,
      expectedTotal: null,
    };
    await stage.act({
      house: 'orders',
      key: `${key}/buy`,
      on,
      actor: by.ownerId,
      action: async work => brief(await placeOrder(work, request, buying(by))),
    });
  });
}

/** Those that grow add seats to what they have. */
export async function growSubscriptions(stage: Stage, companies: readonly KnownCompany[]): Promise<void> {
  const subscriptions = await subscriptionsByPurchase(stage);
  await inParallel(allOf(companies), AT_A_TIME, async ({ by, purchase }) => {
    const subscription = subscriptions.get(purchase.key);
    if (!purchase.addedSeats || !subscription) return;
    const { on, quantity } = purchase.addedSeats;
    const request = {
      subscriptionName: subscription.name,
      quantity,
      effectiveOn: null,
      paymentMethodId: cardOf(by),
      poNumber: null,
    };
    await stage.act({
      house: 'orders',
      key: `${purchase.key}/grow`,
      on,
      actor: by.ownerId,
      action: async work => brief(await addSeats(work, request, buying(by))),
    });
  });
}

/** Bank transfers arrive for the invoices that were paid so; the others stay open. */
export async function payInvoices(stage: Stage, companies: readonly KnownCompany[]): Promise<void> {
  const invoices = await invoicesByPurchase(stage);
  await inParallel(allOf(companies), AT_A_TIME, async ({ by, purchase }) => {
    const invoice = invoices.get(purchase.key);
    if (!purchase.paidOn || by.company.paysByCard || !invoice) return;
    const request = {
      invoiceNumber: invoice.number,
      amount: moneyOf(invoice.total),
      receivedOn: purchase.paidOn,
      reference: `Transfer ${invoice.number}`,
    };
    await stage.act({
      house: 'billing',
      key: `${purchase.key}/pay`,
      on: purchase.paidOn,
      actor: 'finance@example.com',
      action: async work => brief(await recordPayment(work, request, () => true)),
    });
  });
}

/** Self-managed instances activate and report; SaaS groups are measured. */
export async function putToUse(stage: Stage, companies: readonly KnownCompany[], today: PlainDate): Promise<void> {
  const codes = await codesByPurchase(stage);
  await inParallel(allOf(companies), AT_A_TIME, async ({ by, purchase }) => {
    const users = Math.max(1, Math.round((purchase.seats * purchase.fill) / 100));
    const namespaceId = by.namespaceByPurchase.get(purchase.key);
    if (namespaceId) {
      await stage.act({
        house: 'subscriptions',
        key: `${purchase.key}/usage`,
        on: today,
        actor: 'house:product',
        action: async work => brief(await reportNamespaceUsage(work, { namespaceId, seatsInUse: users })),
      });
    }
    const code = codes.get(purchase.key);
    if (code && purchase.syncs.length > 0) await runInstance(stage, by, purchase, code, users);
  });
}

/** The identifier that a company's instance chose for itself. */
export const instanceIdentifier = (by: KnownCompany): string => `instance-of-${by.company.key}`;

async function runInstance(stage: Stage, by: KnownCompany, { key, syncs }: Purchase, activationCode: string, users: number): Promise<void> {
  const house = 'licenses';
  const { sign } = (stage.houses.get(house)!.ground.services as LicensesServices).signer;
  const names = { instanceId: instanceIdentifier(by), hostname: `devops.${by.company.domain}`, version: '18.6.1' };
  const actor = `instance:${names.instanceId}`;
  const { licenseId } = await stage.act({
    house,
    key: `${key}/activate`,
    on: addDays(syncs[0]!, -1),
    actor,
    action: work => activateInstance(work, { ...names, activationCode }, sign),
  });
  for (const [index, on] of syncs.entries()) {
    const billableUsers = Math.max(1, users - (syncs.length - index));
    const report = { ...names, licenseId, on, billableUsers, maxHistoricalUsers: billableUsers };
    await stage.act({
      house,
      key: `${key}/sync/${index}`,
      on,
      minute: -360,
      actor,
      action: async work => {
        const [answer] = await reportSeatUsage(work, [{ request: report, correlationId: work.correlationId }], sign);
        return brief(answer!);
      },
    });
  }
}

/** The answers of the story are not needed; only that nothing was refused. */
const brief = <T extends { readonly ok: boolean }>(result: T) => (result.ok ? accept(null) : (result as Extract<T, { ok: false }>));

/** Orders carry the key of their purchase as their correlation id, and every house keeps it. */
const keyOf = (correlationId: string): string => correlationId.replace('story:', '').replace(/\/buy$/, '');

async function subscriptionsByPurchase(stage: Stage): Promise<ReadonlyMap<string, { readonly name: string }>> {
  const rows = await stage.rows(
    'subscriptions',
    `select correlation_id, data->>'name' as name from event_log where type = 'SubscriptionVersionCreated.v1' and correlation_id like 'story:%/buy'`,
  );
  return new Map(rows.map(row => [keyOf(String(row.correlation_id)), { name: String(row.name) }]));
}

async function invoicesByPurchase(stage: Stage): Promise<ReadonlyMap<string, { readonly number: string; readonly total: MoneyText }>> {
  const rows = await stage.rows(
    'billing',
    `select correlation_id, data->>'number' as number, data->'total' as total from event_log where type = 'InvoicePosted.v1' and correlation_id like 'story:%/buy'`,
  );
  return new Map(rows.map(row => [keyOf(String(row.correlation_id)), { number: String(row.number), total: row.total as MoneyText }]));
}

async function codesByPurchase(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const granted = await stage.rows(
    'licenses',
    `select correlation_id, jsonb_array_elements(data->'grants')->>'activationId' as activation from event_log where type = 'LicensesGranted.v1' and correlation_id like 'story:%/buy'`,
  );
  const codes = new Map(
    (await stage.rows('licenses', 'select id, code from activations')).map(row => [
      idFromUuid('activation', String(row.id)),
      String(row.code),
    ]),
  );
  return new Map(
    granted.flatMap(row =>
      codes.has(row.activation as never) ? [[keyOf(String(row.correlation_id)), codes.get(row.activation as never)!] as const] : [],
    ),
  );
}
