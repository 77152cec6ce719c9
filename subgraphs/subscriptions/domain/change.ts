import type { NewId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { PlannedVersion } from '../../orders/events/published';
import { type Agreement, type Changed, type DecidedVersion, type Decision, type Held, isSameStretch, type Known } from './agreement';
import { handedOver, paused, termLengthened } from './agreement-change';
import { canceled, planChanged, planKept, productRemoved, renewed } from './amendment';
import { faultOfCharges } from './charge';
import { isTaken } from './namespace';
import { isOver } from './subscription';

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
    const decision = decide(held, bases, planned, newId);
    if (!decision.ok) return decision;
    const { agreement, endings } = decision.value;
    held.set(planned.subscriptionId, afterwards(held.get(planned.subscriptionId), planned, decision.value));
    if (planned.kind === 'CREATE' && agreement.namespaceId && isBase(planned)) {
      bases.set(agreement.namespaceId, [...(bases.get(agreement.namespaceId) ?? []), agreement]);
    }
    decided.push({ kind: planned.kind, planned, agreement, endings });
  }
  return accept(decided);
}

function decide(held: Known['held'], bases: Known['bases'], planned: PlannedVersion, newId: NewId): Decision<Changed> {
  if (planned.kind === 'CREATE') return create(held, bases, planned, newId);
  const existing = held.get(planned.subscriptionId);
  if (!existing) return refuse('SUBSCRIPTION_NOT_FOUND', 'The billing account has no such subscription.');
  switch (planned.kind) {
    case 'ADD_SEATS':
      return addSeats(existing, planned);
    case 'RENEW':
      return renewed(existing, bases, planned, newId);
    case 'CANCEL':
      return canceled(existing, planned);
    case 'CHANGE_PLAN':
      return planChanged(existing, planned);
    case 'PLAN_AT_RENEWAL':
      return planKept(existing, planned);
    case 'REMOVE_PRODUCT':
      return productRemoved(existing, planned);
    case 'CHANGE_TERMS':
      return termLengthened(existing, bases, planned, newId);
    case 'SUSPEND':
    case 'RESUME':
      return paused(existing, planned);
    case 'TRANSFER_OWNER':
      return handedOver(existing, bases, planned);
  }
}

/** The subscription as the next change of the same order finds it. */
function afterwards(before: Held | undefined, planned: PlannedVersion, { agreement, endings }: Changed): Held {
  const endsOn = new Map(endings.map(ending => [ending.chargeId, ending.endsOn]));
  const shortened = (before?.charges ?? []).map(charge => {
    const end = endsOn.get(charge.id);
    return end ? { ...charge, endings: [...charge.endings, { versionNumber: agreement.number, endsOn: end }] } : charge;
  });
  const added = planned.charges.map(({ chargeId: id, ...charge }) => ({ ...charge, id, versionNumber: agreement.number, endings: [] }));
  const currency = planned.charges[0]?.unitPrice.currency ?? before?.currency ?? null;
  return { agreement, currency, charges: [...shortened, ...added] };
}

function create(held: Known['held'], bases: Known['bases'], planned: PlannedVersion, newId: NewId): Decision<Changed> {
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
  const initial = { id: newId('term'), kind: 'INITIAL' as const, startsOn: term.startsOn, endsOn: term.endsOn, months: term.months };
  const agreement: Agreement = {
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
    cancelsOn: null,
    planAtRenewal: null,
    term: initial,
  };
  return accept({ agreement, endings: [] });
}

function addSeats({ agreement, currency }: Held, planned: PlannedVersion): Decision<Changed> {
  if (isOver(agreement, planned.effectiveOn)) return refuse('SUBSCRIPTION_ENDED', 'The subscription has ended by the day of the addition.');
  // Priced for other days, the addition would cost what was not agreed: somebody must price it again.
  if (!isSameStretch(agreement.term, planned.term)) {
    return refuse('TERM_CHANGED', 'The term of the subscription is no longer the one that this order was priced for.');
  }
  const fault = faultOfCharges(planned.charges, agreement.term, currency);
  if (fault) return refuse('PLAN_UNUSABLE', fault);
  return accept({ agreement: { ...agreement, number: agreement.number + 1, effectiveOn: planned.effectiveOn }, endings: [] });
}

const isBase = ({ charges }: PlannedVersion): boolean => charges.some(charge => charge.kind === 'BASE');
