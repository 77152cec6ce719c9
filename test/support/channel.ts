/** A channel on the whole product: a distributor, two resellers, margins, and a system of each that may do everything. */
import { PARTNER_SCOPES } from '../../subgraphs/partners/domain/client';
import type { Graph } from './graph';
import { accepted, eventually, newKey } from './shop';
import type { Tokens } from './tokens';

export interface Channel {
  readonly distributor: ChannelPartner;
  readonly reseller: ChannelPartner;
  /** Buys directly, on the Select track. */
  readonly select: ChannelPartner;
}

export interface ChannelPartner {
  readonly id: string;
  readonly clientId: string;
  readonly secret: string;
  readonly token: string;
}

type Platform = Graph & Pick<Tokens, 'operator'> & { readonly url: string };

/** 20 % for distributors, 15 % for resellers, 5 % off for customers: a list price of $228.00 costs $136.80. */
const MARGINS = { distributorBasisPoints: 2_000, resellerBasisPoints: 1_500, customerBasisPoints: 500 };

export async function openChannel(
  platform: Platform,
  names = { distributor: 'Arrow', reseller: 'Cobalt', select: 'Halyard' },
): Promise<Channel> {
  const { act, partner } = await membersOf(platform);
  const distributor = await partner(names.distributor, 'DISTRIBUTOR', 'OPEN');
  const reseller = await partner(names.reseller, 'RESELLER', 'OPEN');
  const select = await partner(names.select, 'RESELLER', 'SELECT');
  await act('createRelationship', 'relationship { id }', { distributorId: distributor.id, resellerId: reseller.id, region: 'EMEA' });
  for (const track of ['OPEN', 'SELECT']) {
    for (const dealKind of ['RESALE', 'MSP', 'CLOUD_MARKETPLACE']) {
      await act('setMarginSchedule', 'marginSchedule { id }', { track, dealKind, effectiveOn: '2026-01-01', ...MARGINS });
    }
  }
  for (const { id } of [distributor, select]) await act('signPartnerAgreement', 'agreement { id }', agreementOf(id));
  const query = '{ partnerOffers { nodes { sku } } }';
  const hasOffers = async ({ token }: ChannelPartner) => (await platform.query(token, query)).partnerOffers.nodes.length > 0;
  await eventually(async () => (await hasOffers(distributor)) && (await isReady(platform, distributor)) && isReady(platform, select));
  return { distributor, reseller, select };
}

/** Acts of ours towards partners, and a new one with a system. */
async function membersOf(platform: Platform) {
  const operator = await platform.operator();
  const act = async (field: string, selection: string, input: object) => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code message path retryable } } }`;
    return accepted((await platform.query(operator, document, { input: { idempotencyKey: newKey(), ...input } }))[field]);
  };
  const partner = async (name: string, kind: string, track: string): Promise<ChannelPartner> => {
    const { partner: made } = await act('createPartner', 'partner { id }', { name, kind, track });
    const { client, secret } = await act('createPartnerClient', 'client { id } secret', {
      partnerId: made.id,
      name: `${name} shop`,
      scopes: PARTNER_SCOPES,
    });
    return { id: made.id, clientId: client.id, secret, token: await partnerToken(platform.url, client.id, secret) };
  };
  return { act, partner };
}

/** False while its agreement or its offers are not heard of yet. */
async function isReady(platform: Platform, { token }: ChannelPartner, changes: object = {}): Promise<boolean> {
  const { placePartnerOrder } = await platform.query(token, PLACE, { input: { ...partnerOrder('ready?', changes), dryRun: true } });
  const waiting = ['AGREEMENT_NOT_IN_FORCE', 'OFFER_NOT_FOUND'];
  return !placePartnerOrder.userErrors.some(({ code }: { code: string }) => waiting.includes(code));
}

/** A further partner on the Select track, which buys directly: with its agreement and a system, ready to order. */
export async function openPartner(platform: Platform, name: string, kind: string, changes: object = {}): Promise<ChannelPartner> {
  const { act, partner } = await membersOf(platform);
  const made = await partner(name, kind, 'SELECT');
  await act('signPartnerAgreement', 'agreement { id }', agreementOf(made.id));
  await eventually(() => isReady(platform, made, changes));
  return made;
}

/** A token of a partner's system, with all scopes it has or those that are asked for. */
export async function partnerToken(url: string, clientId: string, secret: string, scope?: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    ...(scope && { scope }),
  });
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

export const agreementOf = (partnerId: string) => ({
  partnerId,
  currency: 'USD',
  startsOn: '2026-01-01',
  endsOn: '2028-01-01',
  billTo: { name: 'Accounts Payable', email: 'invoices@arrow.example', address: { ...ADDRESS, country: 'US' } },
});

const ADDRESS = { street: '1 Quay', city: 'Hamburg', postalCode: '20095', region: null, country: 'DE' };

/** An order of ten Premium seats for a year: 10 × $136.80 = $1,368.00 for a distributor. */
export const partnerOrder = (externalId: string, changes: object = {}) => ({
  idempotencyKey: newKey(),
  externalId,
  endCustomer: {
    companyName: 'Tailspin Toys',
    country: 'DE',
    address: ADDRESS,
    soldToName: 'Ines Weber',
    soldToEmail: 'ines@tailspin.example',
  },
  lines: [{ sku: 'premium-self-managed', quantity: 10, startsOn: '2026-06-15' }],
  po: { number: 'PO-1', amount: { amount: '1368.00', currency: 'USD' } },
  termsAccepted: true,
  ...changes,
});

export const PLACE = `mutation ($input: PlacePartnerOrderInput!) {
  placePartnerOrder(input: $input) {
    partnerOrder { id externalId status total { amount currency } lines { sku unitPrice { amount } amount { amount } } statusHistory { status reason } }
    userErrors { code message path retryable }
  }
}`;
