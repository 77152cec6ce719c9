import { add, type Currency, compare, displayOf, type Money, money, subtract } from '#kernel/money';
import { accept, refuse } from '#kernel/result';

/** What moved a wallet: a credit memo fills it; an invoice that is paid with it and a refund draw on it. */
export const WALLET_MOVEMENT_KINDS = ['CREDIT_MEMO', 'INVOICE', 'REFUND'] as const;
export type WalletMovementKind = (typeof WALLET_MOVEMENT_KINDS)[number];

/**
 * What we owe an account in one currency, and how much of that is on its way back to it. Its sum over all accounts is
 * the ledger's 2300. Never negative.
 */
export interface Wallet {
  readonly currency: Currency;
  readonly balanceMinor: bigint;
  /** Refunds asked for and not answered yet. */
  readonly pendingMinor: bigint;
}

export const walletBalance = (wallet: Wallet): Money => money(wallet.balanceMinor, wallet.currency);
const pendingOf = (wallet: Wallet): Money => money(wallet.pendingMinor, wallet.currency);

/** The credit that can be used now. */
export const availableIn = (wallet: Wallet): Money => subtract(walletBalance(wallet), pendingOf(wallet));

/** Refuses to use more credit than there is, refunds on their way counted as gone. */
export function spendable(wallet: Wallet, amount: Money) {
  const available = availableIn(wallet);
  if (compare(amount, available) <= 0) return accept(amount);
  const working = `${displayOf(walletBalance(wallet))} credit − ${displayOf(pendingOf(wallet))} on its way back = ${displayOf(available)}`;
  return refuse('CREDIT_INSUFFICIENT', `At most ${displayOf(available)} of credit can be used: ${working}.`, { path: ['amount'] });
}

/** Credit comes in, with its working. */
export function deposit(wallet: Wallet, amount: Money) {
  const balance = add(walletBalance(wallet), amount);
  const working = `${displayOf(walletBalance(wallet))} credit + ${displayOf(amount)} = ${displayOf(balance)}`;
  return { change: { balanceMinor: balance.minor }, amount, balance, working };
}

/** Credit goes out, with its working. Throws below zero: whoever spends has asked `spendable` before. */
export function withdraw(wallet: Wallet, amount: Money, was: 'PENDING' | 'DIRECT') {
  const balance = subtract(walletBalance(wallet), amount);
  const pendingMinor = was === 'PENDING' ? wallet.pendingMinor - amount.minor : wallet.pendingMinor;
  if (pendingMinor < 0n || balance.minor < pendingMinor) throw new RangeError('A wallet cannot hold less than nothing.');
  const working = `${displayOf(walletBalance(wallet))} credit − ${displayOf(amount)} = ${displayOf(balance)}`;
  return { change: { balanceMinor: balance.minor, pendingMinor }, amount: money(-amount.minor, amount.currency), balance, working };
}

/** A refund was asked for: its amount is spoken for, until the provider has answered. */
export const hold = (wallet: Wallet, amount: Money) => ({ pendingMinor: add(pendingOf(wallet), amount).minor });

/** A refund came to nothing: its amount can be used again. */
export const unhold = (wallet: Wallet, amount: Money) => ({ pendingMinor: subtract(pendingOf(wallet), amount).minor });
