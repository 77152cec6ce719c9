import type { Id, PartnerId } from '../../kernel/ids';
import { money } from '../../kernel/money';
import { accept } from '../../kernel/result';
import { addDays, type PlainDate } from '../../kernel/time';
import type { Work } from '../../kernel/work';
import { createPartner } from '../../subgraphs/partners/actions/createPartner';
import { createPartnerClient } from '../../subgraphs/partners/actions/createPartnerClient';
import { createRelationship } from '../../subgraphs/partners/actions/createRelationship';
import { placePartnerOrder } from '../../subgraphs/partners/actions/placePartnerOrder';
import { setMarginSchedule } from '../../subgraphs/partners/actions/setMarginSchedule';
import { signPartnerAgreement } from '../../subgraphs/partners/actions/signPartnerAgreement';
import { DEAL_KINDS } from '../../subgraphs/partners/domain/margin';
import { PARTNER_TRACKS } from '../../subgraphs/partners/domain/partner';
import type { Stage } from './stage';

/** The channel of the demonstration: two distributors, the five resellers they supply, and one API client. */
export interface Channel {
  readonly distributorId: PartnerId;
  /** The sandbox's own reference of an order that it placed. */
  readonly orderId: string;
  readonly client: { readonly id: Id<'partnerClient'>; readonly secret: string };
}

const DISTRIBUTORS = [
  { name: 'Northgate Distribution', region: 'EMEA' },
  { name: 'Pacific Crest Supply', region: 'AMER' },
] as const;
const RESELLERS = [
  { name: 'Cobalt Consulting', track: 'OPEN', distributor: 0 },
  { name: 'Halyard IT', track: 'OPEN', distributor: 0 },
  { name: 'Fieldstone Systems', track: 'SELECT', distributor: 0 },
  { name: 'Brightwater Tech', track: 'OPEN', distributor: 1 },
  { name: 'Longbow Partners', track: 'SELECT', distributor: 1 },
] as const;
const SCOPES = [
  'marketplace.order:create',
  'marketplace.order:read',
  'marketplace.catalog:read',
  'customer:read',
  'license:status',
  'dealreg:write',
  'dealreg:read',
  'webhook:write',
] as const;

const JOINED_DAYS_AGO = 700;
const actor = 'operator@example.com';

export async function openChannel(stage: Stage, today: PlainDate): Promise<Channel> {
  const on = addDays(today, -JOINED_DAYS_AGO);
  const join = (key: string, partner: Parameters<typeof createPartner>[1]) =>
    stage.act({ house: 'partners', key, on, actor, action: work => createPartner(work, partner) });
  const distributors = await Promise.all(
    DISTRIBUTORS.map(({ name }, index) => join(`distributor-${index}`, { name, kind: 'DISTRIBUTOR', track: 'SELECT' })),
  );
  for (const [index, { name, track, distributor }] of RESELLERS.entries()) {
    const reseller = await join(`reseller-${index}`, { name, kind: 'RESELLER', track });
    const relationship = {
      distributorId: distributors[distributor]!.id,
      resellerId: reseller.id,
      region: DISTRIBUTORS[distributor].region,
    };
    await stage.act({
      house: 'partners',
      key: `relationship-${index}`,
      on,
      minute: 30,
      actor,
      action: work => createRelationship(work, relationship),
    });
  }
  const partnerId = distributors[0]!.id;
  const client = await stage.act({
    house: 'partners',
    key: 'sandbox-client',
    on,
    minute: 60,
    actor,
    action: async work => {
      const made = await createPartnerClient(work, { partnerId, name: 'Sandbox', scopes: SCOPES });
      // The secret of the demonstration is no secret: whoever starts it on their own machine is told.
      return made.ok ? accept({ id: made.value.client.id, secret: made.value.secret }) : made;
    },
  });
  await agree(
    stage,
    today,
    distributors.map(({ id }) => id),
  );
  return { distributorId: partnerId, client, orderId: SANDBOX_ORDER };
}

const SANDBOX_ORDER = 'SANDBOX-1';
/** A list price of $228.00 costs 40 % less: $136.80. */
const MARGINS = { distributorBasisPoints: 2_000, resellerBasisPoints: 1_500, customerBasisPoints: 500 };

/** What the distributors and we agreed on: margins, and a currency for a few years. */
async function agree(stage: Stage, today: PlainDate, distributors: readonly PartnerId[]): Promise<void> {
  const on = addDays(today, -JOINED_DAYS_AGO);
  for (const track of PARTNER_TRACKS) {
    for (const dealKind of DEAL_KINDS) {
      const schedule = { track, dealKind, sku: null, effectiveOn: on, ...MARGINS };
      await stage.act({
        house: 'partners',
        key: `margins-${track}-${dealKind}`,
        on,
        actor,
        action: work => setMarginSchedule(work, schedule),
      });
    }
  }
  for (const [index, partnerId] of distributors.entries()) {
    const address = { street: '4 Wharf Road', city: 'Rotterdam', postalCode: '3011', country: 'NL' };
    const billTo = { name: 'Accounts Payable', email: `invoices@distributor-${index}.example`, address };
    const terms = { currency: 'USD', startsOn: on, endsOn: addDays(today, JOINED_DAYS_AGO), paymentTermsDays: 30 };
    const signed = { partnerId, ...terms, billTo };
    await stage.act({
      house: 'partners',
      key: `agreement-${index}`,
      on,
      minute: 40,
      actor,
      action: work => signPartnerAgreement(work, signed),
    });
  }
}

/** The sandbox has sold something: there is an order to follow and a customer to renew. */
export async function sellThroughChannel(stage: Stage, { distributorId, client }: Channel, today: PlainDate): Promise<void> {
  const address = { street: '12 Hafenstrasse', city: 'Bremen', postalCode: '28195', country: 'DE' };
  const endCustomer = {
    companyName: 'Hanse Instruments',
    country: 'DE',
    address,
    soldToName: 'Jonas Brandt',
    soldToEmail: 'jonas@hanse-instruments.example',
  };
  const order = {
    partnerId: distributorId,
    externalId: SANDBOX_ORDER,
    resellerId: null,
    endCustomer,
    lines: [{ sku: 'premium-self-managed', quantity: 25, startsOn: addDays(today, -20), termMonths: 12 }],
    // 25 × $136.80
    po: { number: 'PO-900', amount: money(342_000n, 'USD') },
    dealRegistrationId: null,
    areTermsAccepted: true,
    marketplace: null,
  };
  const actor = `partner:${client.id}`;
  const placed = async (work: Work<never>) => {
    const result = await placePartnerOrder(work, order);
    return result.ok ? accept({ id: result.value.id }) : result;
  };
  await stage.act({ house: 'partners', key: 'sandbox-order', on: today, actor, action: placed });
}
