import type { Target } from './attack';
import type { TestPlatform } from './platform';
import { accepted, type Company, eventually, newKey } from './shop';

/** A company that has one of everything that an account can have. */
export interface Customer extends Company {
  readonly email: string;
  /** What only its people and those who serve them may read. */
  readonly personal: readonly string[];
  /** Texts of its own choice, personal ones among them. */
  readonly planted: readonly string[];
  readonly orderIds: readonly string[];
  readonly orderNumbers: readonly string[];
  readonly subscriptionNames: readonly string[];
  readonly invoiceNumbers: readonly string[];
  readonly namespaceId: string;
  readonly paymentMethodId: string;
  readonly paymentId: string;
  readonly membershipId: string;
  readonly invitationId: string;
  readonly activationCode: string;
  readonly licenseId: string;
  readonly licenseKey: string;
  readonly instanceId: string;
  readonly hostname: string;
}

/** A customer as somebody who knows all its ids and names would ask for it. */
export const targetOf = (customer: Customer, moreIds: readonly string[] = []): Target => {
  const { accountId, organizationId, ownerId, namespaceId, licenseId, paymentId, paymentMethodId, membershipId, invitationId } = customer;
  const single = [accountId, organizationId, ownerId, namespaceId, licenseId, paymentId, paymentMethodId, membershipId, invitationId];
  return {
    ids: [...new Set([...single, ...customer.orderIds, ...moreIds])],
    names: [
      ...customer.subscriptionNames,
      ...customer.invoiceNumbers,
      ...customer.orderNumbers,
      ...customer.planted,
      customer.accountNumber,
      customer.activationCode,
    ],
    inputs: {
      billingAccountId: accountId,
      organizationId,
      parentId: organizationId,
      orderId: customer.orderIds[0]!,
      subscriptionName: customer.subscriptionNames[0]!,
      invoiceNumber: customer.invoiceNumbers[0]!,
      namespaceId,
      paymentMethodId,
      paymentId,
      membershipId,
      invitationId,
      licenseId,
      instanceId: customer.instanceId,
      hostname: customer.hostname,
      email: customer.email,
    },
  };
};

export interface CustomerWishes {
  readonly name: string;
  readonly contact: string;
  readonly domain: string;
  readonly seats: number;
}

/** Opens a company and lets it buy, invite, activate and report. */
export async function openCustomer(platform: TestPlatform, { name, contact, domain, seats }: CustomerWishes): Promise<Customer> {
  const company = await platform.openCompany(name, { contact, domain });
  const { token, accountId } = company;
  const slug = domain.split('.')[0]!;
  const [hostname, instanceId, poNumber] = [`devops.${domain}`, `instance-of-${slug}`, `PO of ${name}`];
  const namespaceId = await platform.registerNamespace(company, `${slug}-group`);
  const paymentMethodId = await platform.addCard(company, 'tok_visa_succeeds');
  const invited = `invited@${domain}`;
  const input = { idempotencyKey: newKey(), billingAccountId: accountId, email: invited, role: 'VIEWER' };
  const invitation = accepted((await platform.query(token, INVITE, { input })).inviteMember).invitation;
  await platform.query(token, ACCEPT, {
    input: { idempotencyKey: newKey(), billingAccountId: accountId, kind: 'EULA', version: '2026-01' },
  });
  const orderIds = [
    await platform.buy(company, { sku: 'premium-saas', quantity: seats, namespaceId, paymentMethodId }),
    await platform.buy(company, { sku: 'ultimate-self-managed', quantity: seats + 1, poNumber }),
  ];
  for (const orderId of orderIds) await platform.untilOrder(token, orderId);
  const bought = await eventually(async () => {
    const { billingAccount } = await platform.query(token, EVERYTHING, { id: accountId });
    return billingAccount.openBalance.amount !== '0.00' && billingAccount;
  });
  const activationCode = bought.subscriptions.nodes.flatMap(
    (node: { activation: { code: string } | null }) => node.activation?.code ?? [],
  )[0];
  const license = await activate(platform, { instanceId, hostname, activationCode });
  const personal = [contact, `${contact.split(' ')[0]!.toLowerCase()}@${domain}`, `billing@${domain}`, invited];
  const of = (list: { nodes: Record<string, string>[] }, key: string) => list.nodes.map(node => node[key]!);
  return {
    ...company,
    email: personal[1]!,
    personal,
    planted: [...personal, name, poNumber, `${slug}-group`, hostname],
    orderIds,
    orderNumbers: of(bought.orders, 'number'),
    subscriptionNames: of(bought.subscriptions, 'name'),
    invoiceNumbers: of(bought.invoices, 'number'),
    namespaceId,
    paymentMethodId,
    paymentId: bought.orders.nodes.flatMap((node: { payment: { id: string } | null }) => node.payment?.id ?? [])[0],
    membershipId: bought.memberships[0].id,
    invitationId: invitation.id,
    activationCode,
    licenseId: license.id,
    licenseKey: license.key,
    instanceId,
    hostname,
  };
}

async function activate(platform: TestPlatform, names: { instanceId: string; hostname: string; activationCode: string }) {
  const machine = await platform.instance(names.instanceId);
  const { activationCode, ...instance } = { ...names, version: '18.4.0' };
  const { activateInstance } = await platform.run(machine, 'ActivateInstance', {
    input: { ...instance, activationCode, idempotencyKey: newKey() },
  });
  const { license } = accepted(activateInstance);
  const report = { ...instance, licenseId: license.id, on: '2026-06-15', billableUsers: 3, maxHistoricalUsers: 3 };
  accepted((await platform.run(machine, 'ReportSeatUsage', { input: report })).reportSeatUsage);
  return license;
}

const INVITE = 'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { invitation { id } userErrors { code message } } }';
const ACCEPT =
  'mutation ($input: AcceptAgreementInput!) { acceptAgreement(input: $input) { agreement { id } userErrors { code message } } }';
const EVERYTHING = `query ($id: ID!) {
  billingAccount(id: $id) {
    memberships { id }
    openBalance { amount }
    orders { nodes { number payment { id } } }
    subscriptions { nodes { name activation { code } } }
    invoices { nodes { number } }
  }
}`;
