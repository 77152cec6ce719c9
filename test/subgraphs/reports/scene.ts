/** A reports house that hears what its neighbours would say. */

import type { AccountId, OrganizationId, SubscriptionId } from '../../../kernel/ids';
import { newIdAt } from '../../../kernel/new-id';
import { type PlainDate, startOfDay } from '../../../kernel/time';
import { reports } from '../../../subgraphs/reports/server';
import { openTestHouse } from '../../support/house';
import { finance } from '../../support/viewers';

export type Scene = Awaited<ReturnType<typeof openScene>>;

/** A charge as a version tells it. */
export interface ToldCharge {
  readonly chargeId: string;
  readonly sku: string;
  readonly kind: string;
  readonly model: string;
  readonly quantity: number;
  readonly unitPrice: { readonly amount: string; readonly currency: string };
  readonly startsOn: PlainDate | string;
  readonly endsOn: PlainDate | string;
}

export async function openScene(now = new Date('2027-06-15T12:00:00.000Z')) {
  const house = await openTestHouse(reports, { now });
  const newId = newIdAt(now);

  return {
    house,
    newId,
    account: async (options: { readonly organizationId?: OrganizationId; readonly segment?: string } = {}) => {
      const accountId = newId('account');
      const organizationId = options.organizationId ?? newId('organization');
      const data = { accountId, version: 1, organizationId, segment: options.segment ?? 'COMMERCIAL' };
      await house.receive('customers', { type: 'BillingAccountChanged.v1', accountId, data });
      return { accountId, organizationId };
    },
    subscription: (accountId: AccountId) => {
      const subscriptionId: SubscriptionId = newId('subscription');
      let version = 0;
      return {
        subscriptionId,
        /** The next version: all charges of the agreement as they are now, told on a day. */
        tell: async (on: string, charges: readonly ToldCharge[], change: object = {}) => {
          const data = {
            subscriptionId,
            accountId,
            name: `A-S${subscriptionId.slice(-8)}`,
            version: ++version,
            orderId: null,
            status: 'ACTIVE',
            plan: { sku: 'premium-saas', name: 'Premium', tier: 'PREMIUM', deployment: 'SAAS' },
            term: { startsOn: charges[0]?.startsOn, endsOn: charges[0]?.endsOn, months: 12, kind: 'INITIAL' },
            charges,
            ...change,
          };
          const time = startOfDay(on as PlainDate).toISOString();
          return house.receive('subscriptions', { type: 'SubscriptionVersionCreated.v1', accountId, data, time });
        },
      };
    },
    charge: (change: Partial<ToldCharge> & { readonly startsOn: string; readonly endsOn: string }): ToldCharge => ({
      chargeId: newId('charge'),
      sku: 'premium-saas',
      kind: 'BASE',
      model: 'RECURRING',
      quantity: 10,
      unitPrice: { amount: '228.00', currency: 'USD' },
      ...change,
    }),
    ask: async (document: string, variables: object = {}) => {
      const { data, errors } = await house.run(finance, document, variables);
      if (errors) throw new Error(errors[0]?.message);
      return data;
    },
  };
}

export const usd = (amount: string) => ({ amount, currency: 'USD' });
