import type { Transaction } from '#kernel/db/database';
import { claimNumber } from '#kernel/db/numbers';
import type { AccountId } from '#kernel/ids';
import { accountNumber } from '../domain/account';

/** The number of an account, unique in this house and always the same for the same id. */
export const claimAccountNumber = (tx: Transaction, id: AccountId): Promise<string> => claimNumber(tx, 'account', id, id, accountNumber);
