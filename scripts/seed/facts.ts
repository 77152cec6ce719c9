import { idFromUuid } from '../../kernel/ids';
import { addMonths, type PlainDate } from '../../kernel/time';
import type { KnownCompany } from './companies';
import type { Channel } from './partners';
import { instanceIdentifier } from './purchases';
import type { Offers } from './quotes';
import type { Stage } from './stage';

/** Somebody to be in the explorer and in scripts: the claims of a token, and ids that make the saved operations run. */
interface Persona {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly samples: Readonly<Record<string, unknown>>;
}

export interface Facts {
  readonly personas: readonly Persona[];
  readonly samples: Readonly<Record<string, unknown>>;
  readonly summary: string;
}

/** What the story has come to. */
interface Told {
  readonly companies: readonly KnownCompany[];
  readonly channel: Channel;
  readonly offers: Offers;
  readonly failedOrder: string;
  readonly today: PlainDate;
}

/** Collects what a newcomer needs in order to try things: who there is, and what there is. */
export async function factsOf(stage: Stage, { companies, channel, offers, failedOrder, today }: Told): Promise<Facts> {
  const samples = {
    ...(await samplesOf(stage, companies[0]!)),
    ...(await subscriptionsNearTheirEnd(stage)),
    failedOrder,
    inAMonth: `${addMonths(today, 1)}T00:00:00Z`,
    partner: channel.distributorId,
    partnerClient: channel.client.id,
    partnerSecret: channel.client.secret,
    partnerOrder: channel.orderId,
    ...offers,
  };
  const [orders] = await stage.rows('orders', 'select count(*) as count from orders');
  const [syncs] = await stage.rows('licenses', 'select count(*) as count from seat_reports');
  return {
    personas: personasOf(companies[0]!, samples),
    samples,
    summary: `${companies.length} companies, ${String(orders?.count)} orders, ${String(syncs?.count)} seat reports`,
  };
}

async function samplesOf(stage: Stage, first: KnownCompany): Promise<Readonly<Record<string, unknown>>> {
  const [saas, selfManaged] = first.company.purchases;
  const one = async (house: string, query: string) => (await stage.rows(house, query))[0] ?? {};
  const ofKey = (key: string | undefined, type: string) =>
    `select data from event_log where type = '${type}' and correlation_id = 'story:${key}/buy' order by position limit 1`;
  const saasVersion = (await one('subscriptions', ofKey(saas?.key, 'SubscriptionVersionCreated.v1'))).data as Record<string, unknown>;
  const ownVersion = (await one('subscriptions', ofKey(selfManaged?.key, 'SubscriptionVersionCreated.v1'))).data as Record<string, unknown>;
  const accepted = (await one('orders', ofKey(saas?.key, 'OrderAccepted.v1'))).data as Record<string, unknown>;
  const paid = (await one('billing', ofKey(saas?.key, 'InvoicePosted.v1'))).data as Record<string, unknown>;
  const unpaid = (await one('billing', ofKey(selfManaged?.key, 'InvoicePosted.v1'))).data as Record<string, unknown>;
  const granted = (await one('licenses', ofKey(selfManaged?.key, 'LicensesGranted.v1'))).data as { grants: { activationId: string }[] };
  const codes = await stage.rows('licenses', 'select id, code from activations');
  const code = codes.find(row => idFromUuid('activation', String(row.id)) === granted.grants[0]?.activationId)?.code;
  const [license] = await stage.rows(
    'licenses',
    `select data->>'licenseId' as id from event_log where type = 'LicenseIssued.v1' and data->>'subscriptionId' = '${String(ownVersion.subscriptionId)}' order by position desc limit 1`,
  );
  return {
    organization: first.organizationId,
    account: first.accountId,
    buyer: first.ownerId,
    paymentMethod: first.paymentMethodId,
    namespace: first.namespaceByPurchase.get(saas?.key ?? ''),
    freeNamespace: first.freeNamespaceId,
    subscription: saasVersion.name,
    selfManagedSubscription: ownVersion.name,
    order: accepted.orderId,
    orderNumber: accepted.orderNumber,
    invoice: paid.number,
    openInvoice: unpaid.number,
    activationCode: code,
    instance: instanceIdentifier(first),
    hostname: `devops.${first.company.domain}`,
    license: license?.id,
    sku: 'premium-saas',
  };
}

/** The names of what the first company renews next, and of what it may not get to renew in time. */
async function subscriptionsNearTheirEnd(stage: Stage): Promise<Readonly<Record<string, unknown>>> {
  const nameOf = async (key: string) =>
    (
      await stage.rows(
        'subscriptions',
        `select data->>'name' as name from event_log where type = 'SubscriptionVersionCreated.v1' and correlation_id = 'story:${key}/buy' order by position limit 1`,
      )
    )[0]?.name;
  return { endingSubscription: await nameOf('company-0/ending'), lapsingSubscription: await nameOf('company-0/lapsing') };
}

function personasOf({ accountId, ownerId, company }: KnownCompany, samples: Facts['samples']): readonly Persona[] {
  const staff = (id: string, description: string): Persona => ({
    id,
    label: id[0]!.toUpperCase() + id.slice(1),
    description,
    claims: { sub: `${id}@example.com`, roles: [id.toUpperCase()], email: `${id}@example.com` },
    samples,
  });
  return [
    {
      id: 'buyer',
      label: 'Buyer',
      description: `${company.contact} of ${company.name}: buys, renews and pays for one company`,
      claims: { sub: ownerId, roles: ['BUYER'], accounts: [accountId], email: `buyer@${company.domain}` },
      samples,
    },
    staff('support', 'Support: finds any customer, sees what went wrong, tries again'),
    staff('sales', 'Sales: sees customers and what they have'),
    staff('finance', 'Finance: invoices, payments, the trial balance'),
    staff('analyst', 'Analyst: reads numbers, no personal data'),
    {
      id: 'instance',
      label: 'Instance',
      description: `The self-managed instance of ${company.name}: activates, reports its seats`,
      claims: { sub: `instance:${String(samples.instance)}`, roles: ['INSTANCE'], instance: samples.instance },
      samples,
    },
    {
      id: 'partner',
      label: 'Partner',
      description: "A distributor's system: its own program record, by a token of its scopes",
      claims: {
        sub: `partner:${String(samples.partnerClient)}`,
        roles: ['PARTNER'],
        partner_id: samples.partner,
        client_id: samples.partnerClient,
        scope:
          'marketplace.order:create marketplace.order:read marketplace.catalog:read customer:read license:status dealreg:write dealreg:read webhook:write',
      },
      samples,
    },
    staff('operator', 'Operator: sets up partners and their API clients'),
  ];
}
