import { anonymous } from '../../kernel/auth/viewer';
import { isId, type NamespaceId, type OrganizationId } from '../../kernel/ids';
import { type Currency, type Money, moneyFromDecimal } from '../../kernel/money';
import { accept, type Result, refuse } from '../../kernel/result';
import { importInvoice } from '../../subgraphs/billing/actions/importInvoice';
import { createBillingAccount } from '../../subgraphs/customers/actions/createBillingAccount';
import { createOrganization } from '../../subgraphs/customers/actions/createOrganization';
import { organizationForUpdate } from '../../subgraphs/customers/store/organizations';
import { importSubscription } from '../../subgraphs/subscriptions/actions/importSubscription';
import { registerNamespace } from '../../subgraphs/subscriptions/actions/registerNamespace';
import type { Act, Known } from './act';
import type { AccountRecord, InvoiceRecord, SubscriptionRecord } from './records';

/** A company once, and an account of it. */
export async function importAccount(act: Act, record: AccountRecord, known: Known): Promise<Result<unknown>> {
  const { kind: _kind, reference, organization, ...account } = record;
  const company = await act('customers', `organization/${organization.reference}`, { reference: organization.reference }, async work => {
    const created = await createOrganization(work, { name: organization.name });
    return created.ok ? accept({ organizationId: created.value.id }) : created;
  });
  if (!company.ok) return company;
  const opened = await act('customers', `account/${reference}`, record, async work => {
    const organizationId = await ownOrRehearsed(work, company.value.organizationId, organization.name);
    const created = await createBillingAccount(work, { ...account, organizationId });
    return created.ok ? accept({ accountId: created.value.account.id }) : created;
  });
  if (opened.ok) known.accounts.set(reference, opened.value.accountId);
  return opened;
}

/** In a rehearsal the company was rolled back, so the account's rehearsal begins with one of its own. */
async function ownOrRehearsed(work: Parameters<typeof createOrganization>[0], id: OrganizationId, name: string): Promise<OrganizationId> {
  if (await isThere(work, id)) return id;
  const created = await createOrganization(work, { name });
  return created.ok ? created.value.id : id;
}

const isThere = async (work: Parameters<typeof createOrganization>[0], id: OrganizationId): Promise<boolean> =>
  (await organizationForUpdate(work.tx, id)) !== null;

/** A subscription with its versions, on the namespace that it names. */
export async function importSubscriptionRecord(act: Act, record: SubscriptionRecord, known: Known): Promise<Result<unknown>> {
  const accountId = known.accounts.get(record.account);
  if (!accountId) return refuse('ACCOUNT_NOT_IMPORTED', `There is no account ${record.account} in these files, or it was refused.`);
  const partner = record.resalePartnerId;
  if (partner !== null && !isId('partner', partner)) return refuse('PARTNER_UNKNOWN', 'A partner is named by its global id, par_….');
  const { name, versions, namespacePath } = record;
  const imported = await act('subscriptions', `subscription/${record.reference}`, record, async work => {
    let namespaceId: NamespaceId | null = null;
    if (namespacePath) {
      const viewer = { ...anonymous, accounts: [accountId] };
      const registered = await registerNamespace(work, viewer, { billingAccountId: accountId, path: namespacePath });
      if (!registered.ok) return registered;
      namespaceId = registered.value.namespace.id;
    }
    return importSubscription(work, { accountId, name, namespaceId, resalePartnerId: partner, versions });
  });
  if (imported.ok) known.subscriptions.set(record.reference, imported.value.subscriptionId);
  return imported;
}

/** An open invoice for subscriptions that came along. */
export async function importInvoiceRecord(act: Act, record: InvoiceRecord, known: Known): Promise<Result<unknown>> {
  const accountId = known.accounts.get(record.account);
  if (!accountId) return refuse('ACCOUNT_NOT_IMPORTED', `There is no account ${record.account} in these files, or it was refused.`);
  const missing = record.lines.find(line => !known.subscriptions.has(line.subscription));
  if (missing)
    return refuse('SUBSCRIPTION_NOT_IMPORTED', `There is no subscription ${missing.subscription} in these files, or it was refused.`);
  const amounts = [record.open, ...record.lines.flatMap(line => [line.unitPrice, line.amount, line.tax])];
  const wrong = amounts.find(amount => moneyFromDecimal(amount, record.currency as Currency) === null);
  if (wrong !== undefined) return refuse('AMOUNT_INVALID', `${wrong} has more digits than ${record.currency} has.`);
  const money = (amount: string): Money => moneyFromDecimal(amount, record.currency as Currency)!;
  const { number, sellingEntity, poNumber, issuedOn, dueOn } = record;
  const lines = record.lines.map(({ subscription, unitPrice, amount, tax, ...line }) => ({
    ...line,
    subscriptionId: known.subscriptions.get(subscription)!,
    unitPrice: money(unitPrice),
    amount: money(amount),
    tax: money(tax),
  }));
  const invoice = {
    accountId,
    number,
    currency: record.currency as Currency,
    sellingEntity,
    poNumber,
    issuedOn,
    dueOn,
    lines,
    open: money(record.open),
  };
  return act('billing', `invoice/${record.reference}`, record, work => importInvoice(work, invoice));
}
