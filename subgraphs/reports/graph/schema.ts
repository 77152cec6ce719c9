import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { BookingsResolver } from './bookings.resolver';
import type { ReportsContext } from './context';
import { OperationsResolver } from './operations.resolver';
import { permissions } from './permissions';
import { RecurringResolver } from './recurring.resolver';
import { RenewalRowResolver, RenewalsResolver } from './renewals.resolver';

export const buildSchema = () =>
  buildFederatedSchema<ReportsContext>({
    resolvers: [RecurringResolver, BookingsResolver, RenewalsResolver, RenewalRowResolver, OperationsResolver],
    permissions,
    references: {},
  });
