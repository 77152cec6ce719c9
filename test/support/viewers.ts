/** The people and machines of the tests. */
import { anonymous, type Role, type Viewer } from '../../kernel/auth/viewer';
import type { AccountId, PartnerId } from '../../kernel/ids';

const inRole = (role: Role): Viewer => ({ ...anonymous, subject: `${role.toLowerCase()}@example.com`, roles: [role] });

export { anonymous };
export const support = inRole('SUPPORT');
export const sales = inRole('SALES');
export const finance = inRole('FINANCE');
export const analyst = inRole('ANALYST');
export const operator = inRole('OPERATOR');

/** A buyer of these accounts and of no other. */
export const buyerOf = (...accounts: readonly AccountId[]): Viewer => ({
  ...anonymous,
  subject: `buyer of ${accounts.join(', ')}`,
  roles: ['BUYER'],
  accounts,
  email: 'buyer@example.com',
});

/** A customer's own installation, by the identifier it chose for itself. */
export const instance = (identifier: string): Viewer => ({
  ...inRole('INSTANCE'),
  subject: `instance:${identifier}`,
  instanceIdentifier: identifier,
});

/** A partner's system, with a token of these scopes. */
export const partner = (partnerId: PartnerId, ...scopes: readonly string[]): Viewer => ({
  ...inRole('PARTNER'),
  subject: `partner:${partnerId}`,
  partnerId,
  scopes,
});

/** One of our own processes. */
export const service = (name: string): Viewer => ({ ...inRole('SERVICE'), subject: `house:${name}` });
