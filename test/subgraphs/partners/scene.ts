/** A distributor, a reseller that buys through it, and a system of each. */
import type { Viewer } from '../../../kernel/auth/viewer';
import type { Work } from '../../../kernel/work';
import { createPartner } from '../../../subgraphs/partners/actions/createPartner';
import { createPartnerClient } from '../../../subgraphs/partners/actions/createPartnerClient';
import { createRelationship } from '../../../subgraphs/partners/actions/createRelationship';
import type { PartnersEvents } from '../../../subgraphs/partners/events/published';
import { partners } from '../../../subgraphs/partners/server';
import { openTestHouse, type TestHouse, type TestHouseOptions } from '../../support/house';

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: { readonly code: string } };

export async function openScene(options: TestHouseOptions = {}) {
  const house = await openTestHouse(partners, options);
  const write = <T>(action: (work: Work<PartnersEvents>) => Promise<Outcome<T>>) =>
    house.write(async work => {
      const outcome = await action(work);
      if (!outcome.ok) throw new Error(`The scene was refused: ${outcome.refusal.code}.`);
      return outcome.value;
    });
  const distributor = await write(work => createPartner(work, { name: 'Arrow', kind: 'DISTRIBUTOR', track: 'OPEN' }));
  const reseller = await write(work => createPartner(work, { name: 'Canary Resale', kind: 'RESELLER', track: 'OPEN' }));
  const related = { distributorId: distributor.id, resellerId: reseller.id, region: 'EMEA' } as const;
  const relationship = await write(work => createRelationship(work, related));
  const scopes = ['marketplace.order:create', 'marketplace.order:read'];
  const shop = await write(work => createPartnerClient(work, { partnerId: distributor.id, name: 'Shop', scopes }));
  const canary = await write(work => createPartnerClient(work, { partnerId: reseller.id, name: 'Canary system', scopes }));
  return { house, write, distributor, reseller, relationship, shop, canary };
}

let keys = 0;
export const key = () => `key-${++keys}`;

/** Runs one mutation and answers its payload. */
export async function mutate(house: TestHouse, viewer: Viewer, name: string, input: object, fields: string) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message path retryable } correlationId } }`;
  const answer = await house.run(viewer, document, { input: { idempotencyKey: key(), ...input } });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data[name];
}
