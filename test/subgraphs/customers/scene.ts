/** Two companies with an account each, an owner and a viewer in the first. */
import type { Viewer } from '../../../kernel/auth/viewer';
import type { Work } from '../../../kernel/work';
import { addMember } from '../../../subgraphs/customers/actions/addMember';
import { type CreateBillingAccount, createBillingAccount } from '../../../subgraphs/customers/actions/createBillingAccount';
import { createOrganization } from '../../../subgraphs/customers/actions/createOrganization';
import type { CustomersEvents } from '../../../subgraphs/customers/events/published';
import { customers } from '../../../subgraphs/customers/server';
import { openTestHouse, type TestHouse } from '../../support/house';
import { buyerOf } from '../../support/viewers';

export const person = (name: string, email: string, country = 'US') => ({
  name,
  email,
  address: { street: '1 Main Street', city: 'Springfield', postalCode: '12345', region: 'IL', country },
});

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: { readonly code: string } };

/** What was decided; a scene that is refused is a broken test. */
export function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`The scene was refused: ${outcome.refusal.code}.`);
  return outcome.value;
}

export async function openScene(variables: NodeJS.ProcessEnv = {}) {
  const house = await openTestHouse(customers, { variables });
  const write = <T>(action: (work: Work<CustomersEvents>) => Promise<Outcome<T>>) => house.write(async work => done(await action(work)));
  const northwind = await write(work => createOrganization(work, { name: 'Northwind Traders' }));
  const contoso = await write(work => createOrganization(work, { name: 'Contoso' }));
  const open = (request: Partial<CreateBillingAccount>) =>
    write(work =>
      createBillingAccount(work, {
        organizationId: northwind.id,
        name: 'Northwind',
        currency: 'USD',
        channel: 'SALES_ASSISTED',
        billTo: person('Ada Lovelace', 'ada@northwind.example'),
        ...request,
      }),
    );
  const a = (await open({ owner: { email: 'ada@northwind.example', name: 'Ada Lovelace' } })).account;
  const b = (
    await open({
      organizationId: contoso.id,
      name: 'Contoso Europe',
      currency: 'EUR',
      billTo: person('Bob Canary', 'bob@contoso.example', 'DE'),
      owner: { email: 'bob@contoso.example', name: 'Bob Canary' },
    })
  ).account;
  const [{ user: ada, membership: adaInA }] = await members(house, a.id);
  const [{ user: bob, membership: bobInB }] = await members(house, b.id);
  const eve = await write(work => addMember(work, { billingAccountId: a.id, email: 'eve@northwind.example', name: 'Eve', role: 'VIEWER' }));
  const signedIn = (userId: string, email: string, account: typeof a): Viewer => ({ ...buyerOf(account.id), subject: userId, email });
  return {
    house,
    write,
    open,
    northwind,
    contoso,
    a,
    b,
    adaInA,
    bobInB,
    eveInA: eve.membership.id,
    ada: signedIn(ada, 'ada@northwind.example', a),
    bob: signedIn(bob, 'bob@contoso.example', b),
    eve: signedIn(eve.user.id, 'eve@northwind.example', a),
  };
}

async function members(house: TestHouse, accountId: string): Promise<readonly [{ readonly user: string; readonly membership: string }]> {
  const answer = await house.run(
    { ...buyerOf(), subject: 'support', roles: ['SUPPORT'] },
    'query ($id: ID!) { billingAccount(id: $id) { memberships { id user { id } } } }',
    { id: accountId },
  );
  const [first] = answer.data.billingAccount.memberships;
  return [{ user: first.user.id, membership: first.id }];
}

let keys = 0;
/** A new idempotency key. */
export const key = () => `key-${++keys}`;

export const REFUSALS = 'userErrors { code message path retryable } correlationId';

/** Runs one mutation and answers its payload. */
export async function mutate(house: TestHouse, viewer: Viewer, name: string, input: object, fields: string) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} ${REFUSALS} } }`;
  const answer = await house.run(viewer, document, { input: { idempotencyKey: key(), ...input } });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data[name];
}
