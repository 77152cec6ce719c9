import { type AccountId, isId, type ReconciliationId, type SubscriptionId, type TrialId } from '#kernel/ids';
import type { JobContext } from '#kernel/jobs';
import type { MailMessage } from '#kernel/mail';
import { money } from '#kernel/money';
import type { Work } from '#kernel/work';
import { chargesAfter, seatsOn } from '../domain/charge';
import { type NoticeKind, type NoticeText, reconciliationNotice, renewalNotice, trialNotice } from '../domain/notice';
import { autoRenewalDay, nextCharge } from '../domain/renewal';
import { newest } from '../domain/subscription';
import type { SubscriptionsEvents } from '../events/published';
import { accountCopyOf } from '../store/accounts';
import { findNamespace } from '../store/namespaces';
import { reconciliationForUpdate } from '../store/reconciliations';
import { chargesOf, findSubscription, versionsOf } from '../store/subscriptions';
import { trialForUpdate } from '../store/trials';
import { renewalOf } from './read-renewal';

type Subscriptions = Work<SubscriptionsEvents>;

/** What is announced: the end of a subscription's term, of a trial, or the charge of a reconciliation. */
export interface NoticeToMail {
  readonly kind: NoticeKind;
  readonly accountId: AccountId;
  readonly id: SubscriptionId | TrialId | ReconciliationId;
}

/**
 * Mails a notice to whoever is Sold-To now, outside of any transaction. It says what holds when it is sent: what has changed since it
 * fell due is not announced any more. A second copy after a crash has the same message id.
 */
export async function mailNotice(
  job: Pick<JobContext<SubscriptionsEvents>, 'write'>,
  asked: NoticeToMail,
  send: (mail: MailMessage) => Promise<void>,
): Promise<void> {
  const mail = await job.write(work => mailFor(work, asked));
  if (mail) await send(mail);
}

async function mailFor(work: Subscriptions, { kind, accountId, id }: NoticeToMail): Promise<MailMessage | null> {
  const contact = (await accountCopyOf(work.tx, accountId))?.soldTo;
  const found = contact && (await TEXTS[kind](work, contact.name, accountId, id));
  return found ? { messageId: `${found.about}@subscriptions`, to: { name: contact.name, address: contact.email }, ...found.text } : null;
}

interface Found {
  readonly about: string;
  readonly text: NoticeText;
}

type TextOf = (work: Subscriptions, contactName: string, accountId: AccountId, id: NoticeToMail['id']) => Promise<Found | null>;

const TEXTS: Readonly<Record<NoticeKind, TextOf>> = {
  RENEWAL: async (work, contactName, _, id) => {
    const head = isId('subscription', id) ? await findSubscription(work.tx, id) : null;
    const agreement = head && newest(await versionsOf(work.tx, head.id));
    if (!agreement || agreement.cancelsOn || agreement.term.endsOn <= work.today) return null;
    const { term } = agreement;
    const charges = chargesAfter(await chargesOf(work.tx, head.id));
    const renewal = await renewalOf(work, head, agreement, work.today);
    const seats = agreement.planAtRenewal?.seats ?? seatsOn(charges, autoRenewalDay(term));
    const planName = agreement.planAtRenewal?.name ?? agreement.planName;
    const ending = { name: head.name, planName, term, seats, renewal, nextCharge: nextCharge(agreement, renewal, charges) };
    return { about: `${term.id}-renewal`, text: renewalNotice(contactName, ending) };
  },
  TRIAL: async (work, contactName, accountId, id) => {
    const trial = isId('trial', id) ? await trialForUpdate(work.tx, { accountId, id }) : null;
    const namespace = trial && (await findNamespace(work.tx, trial.namespaceId));
    if (!namespace || trial.convertedOn || trial.endsOn <= work.today) return null;
    return { about: `${trial.id}-end`, text: trialNotice(contactName, { ...trial, path: namespace.path }) };
  },
  RECONCILIATION: async (work, contactName, accountId, id) => {
    const row = isId('reconciliation', id) ? await reconciliationForUpdate(work.tx, { accountId, id }) : null;
    const head = row && (await findSubscription(work.tx, row.subscriptionId));
    if (!head || row.status !== 'NOTICED' || row.usersMax === null || row.amountMinor === null || !row.currency || !row.chargeOn)
      return null;
    const { usersMax, chargeOn, amountMinor, currency } = row;
    const noticed = { ...row, name: head.name, usersMax, chargeOn, amount: money(amountMinor, currency) };
    return { about: `${row.id}-notice`, text: reconciliationNotice(contactName, noticed) };
  },
};
