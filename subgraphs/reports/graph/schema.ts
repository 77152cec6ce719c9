import { guardReference } from '#kernel/auth/references';
import { buildFederatedSchema } from '#kernel/graph/federated-schema';
import { BookingsResolver } from './bookings.resolver';
import type { ReportsContext } from './context';
import { OperationsResolver } from './operations.resolver';
import {
  ArAgingResolver,
  LicenseActivationsResolver,
  OrderToCashResolver,
  SeatUtilisationResolver,
  TrialConversionResolver,
} from './operations-rows.resolver';
import { permissions, readers } from './permissions';
import { ArrMovementsResolver, MrrMonthResolver, RecurringResolver, RetentionResolver } from './recurring.resolver';
import { ArrMovementRowResolver, MrrRowResolver, Organization, RetentionRowResolver } from './recurring-rows';
import { RenewalRowResolver, RenewalsResolver } from './renewals.resolver';
import { ownExport, ReportExportResolver } from './report-export.resolver';
import { SnapshotResolver } from './snapshot.resolver';

export const buildSchema = () =>
  buildFederatedSchema<ReportsContext>({
    resolvers: [
      RecurringResolver,
      MrrMonthResolver,
      MrrRowResolver,
      ArrMovementsResolver,
      ArrMovementRowResolver,
      RetentionResolver,
      RetentionRowResolver,
      BookingsResolver,
      RenewalsResolver,
      RenewalRowResolver,
      OperationsResolver,
      ArAgingResolver,
      SeatUtilisationResolver,
      LicenseActivationsResolver,
      TrialConversionResolver,
      OrderToCashResolver,
      ReportExportResolver,
      SnapshotResolver,
    ],
    orphanedTypes: [Organization],
    permissions,
    references: {
      ReportExport: guardReference(readers, ({ id }, ctx: ReportsContext) => (id === undefined ? null : ownExport(ctx, id))),
    },
  });
