import { screenedName } from '#kernel/text';
import type { Work } from '#kernel/work';
import type { RestrictionKind } from '../domain/screening';
import type { OrdersEvents } from '../events/published';
import { keepRestrictions } from '../store/restrictions';

/** A name or a country as a list of restricted parties states it. */
export interface ListedParty {
  readonly kind: RestrictionKind;
  readonly name: string;
  readonly reason: string;
}

/** Loads a list of restricted parties; each name is kept in the form in which buyers are compared with it. */
export async function restrictParties(work: Work<OrdersEvents>, listed: readonly ListedParty[]): Promise<void> {
  const entries = listed.map(({ kind, name, reason }) => ({ kind, value: kind === 'PARTY' ? screenedName(name) : name, reason }));
  if (entries.length === 0) return;
  await keepRestrictions(work.tx, entries, work.today);
  const told = entries.map(({ kind, value }) => ({ kind, value }));
  work.announce('PartiesRestricted.v1', { subject: 'restricted parties', accountId: null }, { entries: told });
}
