import type { Id, NamespaceId, NewId, SubscriptionId } from '#kernel/ids';
import type { Currency } from '#kernel/money';
import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Period, PlainDate } from '#kernel/time';
import type { PlannedVersion } from '../../orders/events/published';
import { faultOfCharges } from './charge';
import { isTaken } from './namespace';
import { isOver, type Standed, type Standing, type Term, type VersionKind } from './subscription';

/** Why an order's changes cannot be carried out. Each needs a person's decision; trying again changes nothing. */
export const CHANGE_REFUSALS = [
  'SUBSCRIPTION_NOT_FOUND',
  'SUBSCRIPTION_EXISTS',
  'SUBSCRIPTION_ENDED',
  'TERM_CHANGED',
  'NAMESPACE_NOT_FOUND',
  'NAMESPACE_TAKEN',
  'PLAN_UNUSABLE',
] as const;
export type ChangeRefusal = (typeof CHANGE_REFUSALS)[number];

/** What one version of a subscription says. */
export interface Agreement {
  readonly subscriptionId: SubscriptionId;
  readonly number: number;
  readonly effectiveOn: PlainDate;
  readonly standing: Standing;
  readonly sku: string;
  readonly planName: string;
  readonly tier: string;
  readonly deployment: string;
  readonly isAutoRenew: boolean;
  readonly namespaceId: NamespaceId | null;
  readonly term: Term & { readonly id: Id<'term'> };
}

/** A subscription as its newest version left it. */
export interface Held {
  readonly agreement: Agreement;
  /** Null while it has no charge yet. */
  readonly currency: Currency | null;
}

/** What this house holds of everything that an order touches. What is missing does not exist, or is another's. */
export interface Known {
  readonly held: ReadonlyMap<SubscriptionId, Held>;
  /** The base subscriptions that stand on each namespace of the account. */
  readonly bases: ReadonlyMap<NamespaceId, readonly Standed[]>;
}

/** One version to be written, and the part of the order that asks for it. */
export interface DecidedVersion {
  readonly kind: VersionKind;
  readonly planned: PlannedVersion;
  readonly agreement: Agreement;
}

type Decision<T> = Result<T, Refusal<ChangeRefusal>>;

/**
 * Decides the versions that an order asks for, one for each change and in its sequence, each on top of the one before.
 * All or none: the first change that cannot be carried out refuses the order. Prices and dates are the order's; the
 * renewal wish, the allocation and the term of what exists are this house's own.
 */
export function decideVersions(known: Known, changes: readonly PlannedVersion[], newId: NewId): Decision<readonly DecidedVersion[]> {
  if (changes.length === 0) return refuse('PLAN_UNUSABLE', 'The order plans no change.');
  const held = new Map(known.held);
  const bases = new Map(known.bases);
  const decided: DecidedVersion[] = [];
  for (const planned of changes) {
    const decision = planned.kind === 'CREATE' ? create(held, bases, planned, newId) : addSeats(held, planned);
    if (!decision.ok) return decision;
    const agreement = decision.value;
    held.set(planned.subscriptionId, { agreement, currency: planned.charges[0]!.unitPrice.currency });
    if (planned.kind === 'CREATE' && agreement.namespaceId && isBase(planned)) {
      bases.set(agreement.namespaceId, [...(bases.get(agreement.namespaceId) ?? []), agreement]);
    }
    decided.push({ kind: planned.kind, planned, agreement });
  }
  return accept(decided);
}

function create(held: Known['held'], bases: Known['bases'], planned: PlannedVersion, newId: NewId): Decision<Agreement> {
  const { subscriptionId, namespaceId, term, plan, effectiveOn, isAutoRenew } = planned;
  if (held.has(subscriptionId)) return refuse('SUBSCRIPTION_EXISTS', 'This subscription has been created before, by another order.');
  const fault = term.startsOn < term.endsOn ? faultOfCharges(planned.charges, term, null) : 'The term ends before it starts.';
  if (fault) return refuse('PLAN_UNUSABLE', fault);
  if (namespaceId) {
    const standing = bases.get(namespaceId);
    if (!standing) return refuse('NAMESPACE_NOT_FOUND', 'The billing account has no such namespace. Register it, then retry the order.');
    if (isBase(planned) && isTaken(standing, term)) {
      return refuse(
        'NAMESPACE_TAKEN',
        'The namespace has a subscription in that time. Add seats to that one, or choose another namespace.',
      );
    }
  }
  return accept({
    subscriptionId,
    number: 1,
    effectiveOn,
    standing: 'AGREED',
    sku: plan.sku,
    planName: plan.name,
    tier: plan.tier,
    deployment: plan.deployment,
    isAutoRenew,
    namespaceId,
    term: { id: newId('term'), kind: 'INITIAL', startsOn: term.startsOn, endsOn: term.endsOn, months: term.months },
  });
}

function addSeats(held: Known['held'], planned: PlannedVersion): Decision<Agreement> {
  const existing = held.get(planned.subscriptionId);
  if (!existing) return refuse('SUBSCRIPTION_NOT_FOUND', 'The billing account has no such subscription.');
  const { agreement, currency } = existing;
  if (isOver(agreement, planned.effectiveOn)) return refuse('SUBSCRIPTION_ENDED', 'The subscription has ended by the day of the addition.');
  // Priced for other days, the addition would cost what was not agreed: somebody must price it again.
  if (!isSameStretch(agreement.term, planned.term)) {
    return refuse('TERM_CHANGED', 'The term of the subscription is no longer the one that this order was priced for.');
  }
  const fault = faultOfCharges(planned.charges, agreement.term, currency);
  if (fault) return refuse('PLAN_UNUSABLE', fault);
  return accept({ ...agreement, number: agreement.number + 1, effectiveOn: planned.effectiveOn });
}

const isBase = ({ charges }: PlannedVersion): boolean => charges.some(charge => charge.kind === 'BASE');
const isSameStretch = (a: Period, b: Period): boolean => a.startsOn === b.startsOn && a.endsOn === b.endsOn;
