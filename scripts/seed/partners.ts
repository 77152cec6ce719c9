import type { Id, PartnerId } from '../../kernel/ids';
import { accept } from '../../kernel/result';
import { addDays, type PlainDate } from '../../kernel/time';
import { createPartner } from '../../subgraphs/partners/actions/createPartner';
import { createPartnerClient } from '../../subgraphs/partners/actions/createPartnerClient';
import { createRelationship } from '../../subgraphs/partners/actions/createRelationship';
import type { Stage } from './stage';

/** The channel of the demonstration: two distributors, the five resellers they supply, and one API client. */
export interface Channel {
  readonly distributorId: PartnerId;
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
  return { distributorId: partnerId, client };
}
