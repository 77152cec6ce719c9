import { anonymous, type Viewer } from '../../kernel/auth/viewer';
import type { AccountId, NamespaceId, OrganizationId, PaymentMethodId, UserId } from '../../kernel/ids';
import { accept } from '../../kernel/result';
import { addDays, type PlainDate } from '../../kernel/time';
import type { Work } from '../../kernel/work';
import { addPaymentMethod } from '../../subgraphs/billing/actions/addPaymentMethod';
import { createBillingAccount } from '../../subgraphs/customers/actions/createBillingAccount';
import { createOrganization } from '../../subgraphs/customers/actions/createOrganization';
import { registerNamespace } from '../../subgraphs/subscriptions/actions/registerNamespace';
import { inParallel } from './in-parallel';
import type { Stage } from './stage';
import type { Company } from './story';

/** A company once it is known, with what its purchases need. */
export interface KnownCompany {
  readonly company: Company;
  readonly organizationId: OrganizationId;
  readonly accountId: AccountId;
  readonly ownerId: UserId;
  readonly paymentMethodId: PaymentMethodId | null;
  /** One for each SaaS purchase. */
  readonly namespaceByPurchase: ReadonlyMap<string, NamespaceId>;
  /** One for which nothing was bought yet. */
  readonly freeNamespaceId: NamespaceId;
}

const AT_A_TIME = 8;
const CARD = { brand: 'VISA', lastFour: '4242', expiryMonth: 12, expiryYear: 2099 } as const;

/** Opens every company's account, with its owner, its card and its namespaces. */
export async function openCompanies(stage: Stage, story: readonly Company[]): Promise<readonly KnownCompany[]> {
  const known: KnownCompany[] = [];
  await inParallel(story, AT_A_TIME, async (company, index) => {
    known[index] = await openCompany(stage, company);
  });
  return known;
}

async function openCompany(stage: Stage, company: Company): Promise<KnownCompany> {
  const { key, joinedOn: on, contact } = company;
  const email = `${contact.toLowerCase().replace(' ', '.')}@${company.domain}`;
  const actor = email;
  const organization = await stage.act({
    house: 'customers',
    key: `${key}/organization`,
    on,
    actor,
    action: work => createOrganization(work, { name: company.name }),
  });
  const address = {
    street: `${10 + key.length} Harbour Street`,
    city: company.city,
    postalCode: '10115',
    region: null,
    country: company.country,
  };
  const request = {
    organizationId: organization.id,
    name: company.name,
    currency: company.currency,
    channel: company.channel,
    segment: company.segment,
    billTo: { name: contact, email: `billing@${company.domain}`, address },
    soldTo: { name: contact, email, address },
  };
  const { accountId, ownerId } = await stage.act({
    house: 'customers',
    key: `${key}/account`,
    on,
    minute: 5,
    actor,
    action: async work => {
      const userId = work.newId('user');
      const opened = await createBillingAccount(work, { ...request, owner: { email, name: contact, userId } });
      return opened.ok ? accept({ accountId: opened.value.account.id, ownerId: userId }) : opened;
    },
  });
  const paymentMethodId = company.hasCard ? await addCard(stage, company, accountId, actor) : null;
  return {
    company,
    organizationId: organization.id,
    accountId,
    ownerId,
    paymentMethodId,
    ...(await openNamespaces(stage, company, accountId, actor)),
  };
}

/** Houses that have not heard of the account yet are told it is the viewer's own. */
const ownerViewer = (accountId: AccountId): Viewer => ({ ...anonymous, subject: 'story', roles: ['BUYER'], accounts: [accountId] });

async function addCard(stage: Stage, { key, joinedOn }: Company, accountId: AccountId, actor: string): Promise<PaymentMethodId> {
  const request = { billingAccountId: accountId, providerToken: 'tok_visa_succeeds' };
  const action = stage.act({
    house: 'billing',
    key: `${key}/card`,
    on: joinedOn,
    minute: 10,
    actor,
    action: work => addPaymentMethod(work, request, CARD, () => true),
  });
  return (await action).id;
}

async function openNamespaces(
  stage: Stage,
  company: Company,
  accountId: AccountId,
  actor: string,
): Promise<Pick<KnownCompany, 'namespaceByPurchase' | 'freeNamespaceId'>> {
  const group = company.domain.replace('.example', '');
  const open = async (key: string, on: PlainDate, path: string): Promise<NamespaceId> => {
    const request = { billingAccountId: accountId, path };
    const action = (work: Work<never>) => registerNamespace(work, ownerViewer(accountId), request);
    return (await stage.act({ house: 'subscriptions', key: `${key}/namespace`, on, actor, action })).namespace.id;
  };
  const namespaceByPurchase = new Map<string, NamespaceId>();
  for (const { key, isSelfManaged, on } of company.purchases) {
    if (!isSelfManaged) namespaceByPurchase.set(key, await open(key, addDays(on, -1), `${group}-${key.split('/')[1]}`));
  }
  return { namespaceByPurchase, freeNamespaceId: await open(company.key, company.joinedOn, `${group}-playground`) };
}
