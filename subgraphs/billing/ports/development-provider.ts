import { setTimeout as pause } from 'node:timers/promises';
import type { Currency, Money } from '#kernel/money';
import type { AuthorizationOutcome, CaptureOutcome, ProviderStatus } from '../domain/payment';
import { DEVELOPMENT_CARDS, type DevelopmentCard } from './development-cards';
import type { PaymentProvider } from './payment-provider';

/** One authorisation in the provider's books. */
export interface ProviderRecord {
  readonly key: string;
  readonly token: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly status: ProviderStatus;
  readonly reason: string | null;
  /** How often the key was presented. */
  readonly calls: number;
  readonly wrongAnswers: number;
}

type FirstState = Pick<ProviderRecord, 'status' | 'reason'>;
type Move = Partial<Pick<ProviderRecord, 'status' | 'reason' | 'wrongAnswers'>> & { readonly capturedMinor?: bigint };

/** One refund in the provider's books. */
export interface ProviderRefund {
  readonly isRefunded: boolean;
  /** How often the key was presented. */
  readonly calls: number;
}

/** Where the provider keeps its books: durably, and outside the transactions of whoever calls it. */
export interface ProviderBooks {
  /** Makes a record the first time a key is presented, and finds it every later time. */
  present(key: string, token: string, amount: Money, first: FirstState): Promise<ProviderRecord>;
  find(key: string): Promise<ProviderRecord | null>;
  /** Changes a record that is still as it was seen; null when somebody was faster. */
  move(record: ProviderRecord, change: Move): Promise<ProviderRecord | null>;
  /** Decides a refund the first time its key is presented, against what was taken and given back; finds it every later time. */
  refund(key: string, paymentKey: string, amount: Money, isRefused: boolean): Promise<ProviderRefund>;
}

/** The answer that development banks take for the buyer's own. */
const RIGHT_CHALLENGE_RESPONSE = '123456';
const WRONG_ANSWERS_MAX = 3;
/** A provider that hangs does so for longer than anybody waits; the caller's deadline cuts it off. */
const HANGS_FOR_MS = 60_000;

/**
 * A payment provider for development and tests. It keeps its own books durably and outside billing's transactions, as a
 * real one would: so a crash between the charge and our own record of it can be lived through, not only imagined.
 */
export function developmentProvider(books: ProviderBooks): PaymentProvider {
  return {
    cardOf: async token => cardOf(token),

    authorize: async ({ key, token, amount }, signal) => {
      const card = DEVELOPMENT_CARDS.get(token);
      if (!card) return { result: 'DECLINED', reason: 'The provider does not know this card.' };
      const record = await books.present(key, token, amount, firstStatusOf(card));
      const isSameRequest =
        record.status === 'CANCELLED' ||
        (record.token === token && record.amountMinor === amount.minor && record.currency === amount.currency);
      if (!isSameRequest) throw new Error('The provider refuses a key that was used for another charge.');
      // The charge is in the books before the answer is lost: the case that retries with the same key exist for.
      if (card.behaviour === 'TIMES_OUT' && record.calls === 1) await pause(HANGS_FOR_MS, undefined, { signal });
      return outcomeOf(record);
    },

    confirm: async ({ key, challengeResponse }) => {
      const record = await recordOf(books, key);
      if (record.status !== 'REQUIRES_ACTION') return outcomeOf(record);
      return outcomeOf((await books.move(record, afterChallenge(record, challengeResponse))) ?? (await recordOf(books, key)));
    },

    capture: async ({ key, amount }) => {
      const record = await recordOf(books, key);
      if (DEVELOPMENT_CARDS.get(record.token)?.behaviour === 'CAPTURE_REFUSED')
        return { result: 'REFUSED', reason: 'The reservation has lapsed.' };
      if (record.status !== 'AUTHORIZED') return captureOf(record);
      return captureOf((await books.move(record, { status: 'CAPTURED', capturedMinor: amount.minor })) ?? (await recordOf(books, key)));
    },

    refund: async ({ key, paymentKey, amount }, signal) => {
      const behaviour = DEVELOPMENT_CARDS.get((await recordOf(books, paymentKey)).token)?.behaviour;
      const { isRefunded, calls } = await books.refund(key, paymentKey, amount, behaviour === 'REFUND_REFUSED');
      // As with an authorisation: the money has left before the answer is lost.
      if (behaviour === 'REFUND_TIMES_OUT' && calls === 1) await pause(HANGS_FOR_MS, undefined, { signal });
      return isRefunded ? { result: 'REFUNDED' } : { result: 'REFUSED', reason: 'The bank does not take the money back.' };
    },

    release: async ({ key }) => {
      const record = await books.present(key, '', { minor: 0n, currency: 'USD' }, { status: 'CANCELLED', reason: null });
      if (record.status !== 'CANCELLED' && record.status !== 'CAPTURED') await books.move(record, { status: 'CANCELLED' });
    },

    status: async key => (await books.find(key))?.status ?? null,
  };
}

function cardOf(token: string) {
  const card = DEVELOPMENT_CARDS.get(token);
  if (!card) return null;
  const { brand, lastFour, expiryMonth, expiryYear } = card;
  return { brand, lastFour, expiryMonth, expiryYear };
}

function firstStatusOf(card: DevelopmentCard) {
  switch (card.behaviour) {
    case 'DECLINED':
      return { status: 'DECLINED', reason: card.declineReason ?? null } as const;
    case 'THREE_D_SECURE':
      return { status: 'REQUIRES_ACTION', reason: null } as const;
    case 'SUCCEEDS':
    case 'TIMES_OUT':
    case 'CAPTURE_REFUSED':
    case 'REFUND_REFUSED':
    case 'REFUND_TIMES_OUT':
      return { status: 'AUTHORIZED', reason: null } as const;
  }
}

function afterChallenge(record: ProviderRecord, challengeResponse: string) {
  if (challengeResponse === RIGHT_CHALLENGE_RESPONSE) return { status: 'AUTHORIZED' } as const;
  const wrongAnswers = record.wrongAnswers + 1;
  if (wrongAnswers < WRONG_ANSWERS_MAX) return { wrongAnswers };
  return { wrongAnswers, status: 'DECLINED', reason: 'The bank was given too many wrong answers.' } as const;
}

function outcomeOf({ status, reason }: ProviderRecord): AuthorizationOutcome {
  switch (status) {
    case 'AUTHORIZED':
    case 'CAPTURED':
      return { result: 'AUTHORIZED' };
    case 'REQUIRES_ACTION':
      return { result: 'REQUIRES_ACTION' };
    case 'DECLINED':
    case 'CANCELLED':
      return { result: 'DECLINED', reason: reason ?? 'The reservation was cancelled.' };
  }
}

const captureOf = ({ status }: ProviderRecord): CaptureOutcome =>
  status === 'CAPTURED' ? { result: 'CAPTURED' } : { result: 'REFUSED', reason: 'Nothing is reserved under this key.' };

async function recordOf(books: ProviderBooks, key: string): Promise<ProviderRecord> {
  const record = await books.find(key);
  if (!record) throw new Error('The provider never saw this key.');
  return record;
}
