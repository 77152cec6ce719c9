import type { HouseContext } from '#kernel/graph/context';
import type { LicensesEvents } from '../events/published';
import type { LicensesServices } from '../ports/services';

/** What a resolver of this house has at hand. */
export type LicensesContext = HouseContext<LicensesEvents, LicensesServices>;
