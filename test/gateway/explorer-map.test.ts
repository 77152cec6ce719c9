import { readFileSync } from 'node:fs';
import { housesOf } from '../../gateway/explorer/panels/house-links';
import { mapOf } from '../../gateway/explorer-map';
import { openPlatform, type Platform } from './platform';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform({});
});
afterAll(() => platform.close());

const mapFor = async (token: string | null) =>
  platform.send('/explorer/map', token ? { headers: { authorization: `Bearer ${token}` } } : {});

test('whoever may read the schema sees which house answers for what; a partner and a stranger do not', async () => {
  const { status, body } = await mapFor(await platform.mint({ sub: 'usr_1', roles: ['ANALYST'] }));
  expect(status).toBe(200);
  expect(body.houses).toEqual(['customers', 'orders']);
  expect(JSON.stringify(body)).not.toContain('account__secret'); // it is @inaccessible
  expect((await mapFor(null)).status).toBe(403);
  expect((await mapFor(await platform.mint({ sub: 'partner:1', roles: ['PARTNER'] }))).status).toBe(403);
});

const { houses, types } = mapOf(readFileSync('schema/supergraph.graphql', 'utf8'));
const typeOf = (name: string) => types.find(type => type.name === name);

test('the map of the whole graph names each house, and the house of each field', () => {
  expect(houses).toEqual(['billing', 'customers', 'licenses', 'orders', 'partners', 'platform', 'reports', 'subscriptions']);
  const fields = new Map(typeOf('BillingAccount')?.fields.map(({ name, type, house }) => [name, `${type} of ${house}`]));
  expect([fields.get('name'), fields.get('invoices'), fields.get('subscriptions')]).toEqual([
    'String of customers',
    'Invoice of billing',
    'Subscription of subscriptions',
  ]);
  expect(typeOf('BillingAccount')?.houses[0]).toBe('customers');
  expect([typeOf('BillingAccount')?.isEntity, typeOf('Money')?.isEntity]).toEqual([true, false]);
  expect(typeOf('InvoiceConnection')).toBeUndefined();
});

test('every field with a rule of its own is on the list of who may have it', () => {
  const access = JSON.parse(readFileSync('schema/access.json', 'utf8'));
  expect(access['Query.arr']).toBe('FINANCE or ANALYST');
  expect(access['Query.partnerOffers']).toContain('scope marketplace.catalog:read');
});

test('a house leads to another where its fields end in what the other owns, and amounts lead nowhere', () => {
  const drawn = new Map(housesOf({ houses, types }).map(house => [house.name, house]));
  const fieldsTo = (from: string, to: string) => drawn.get(from)?.links.find(link => link.to === to)?.fields ?? [];
  expect(fieldsTo('customers', 'billing')).toContain('BillingAccount.invoices'); // billing adds it to the account of customers
  expect(fieldsTo('billing', 'customers')).toContain('Invoice.billingAccount');
  expect(drawn.get('reports')?.questions).toContain('arr');
  expect([...drawn.values()].flatMap(house => house.types.map(({ name }) => name))).not.toContain('Money');
});
