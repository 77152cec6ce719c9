import type { Gateway } from '../../gateway/server';
import type { Role } from '../../kernel/auth/viewer';

/** Signs in people and machines: each answers a token for the `authorization` header. */
export interface Tokens {
  as(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** The owner of an account, by the id of the login; without one, somebody who may buy for it. */
  buyer(accountId: string, userId?: string): Promise<string>;
  /** Somebody of ours in a role. */
  staff(role: Role): Promise<string>;
  support(): Promise<string>;
  finance(): Promise<string>;
  analyst(): Promise<string>;
  operator(): Promise<string>;
  /** A customer's installation, by the identifier it chose for itself. */
  instance(identifier: string): Promise<string>;
}

export function tokensOf(mint: NonNullable<Gateway['mint']>): Tokens {
  const as: Tokens['as'] = claims => mint({ sub: 'somebody', ...claims });
  const staff = (role: Role) => {
    const address = `${role.toLowerCase()}@example.com`;
    return as({ sub: address, email: address, roles: [role] });
  };
  return {
    as,
    staff,
    buyer: (accountId, userId = `buyer of ${accountId}`) => as({ sub: userId, roles: ['BUYER'], accounts: [accountId] }),
    support: () => staff('SUPPORT'),
    finance: () => staff('FINANCE'),
    analyst: () => staff('ANALYST'),
    operator: () => staff('OPERATOR'),
    instance: identifier => as({ sub: `instance:${identifier}`, roles: ['INSTANCE'], instance: identifier }),
  };
}
