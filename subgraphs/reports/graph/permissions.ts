import { open, type Permissions, roles } from '#kernel/auth/rules';

/** Those who read how the business goes. Nothing here names a person. */
const readers = roles('FINANCE', 'ANALYST');

export const permissions = {
  Query: {
    metricDefinitions: readers,
    arr: readers,
    mrrRollforward: readers,
    arrMovements: readers,
    bookings: readers,
    retention: readers,
    availableToRenew: readers,
    arAging: readers,
    seatUtilisation: readers,
    licenseActivations: readers,
    trialConversion: readers,
    orderToCash: readers,
  },
  MetricDefinition: { '*': open },
  ArrReport: { '*': open },
  ArrGroup: { '*': open },
  ArrRow: { '*': open },
  MrrMonth: { '*': open },
  ArrMovements: { '*': open },
  BookingsReport: { '*': open },
  BookingGroup: { '*': open },
  RetentionReport: { '*': open },
  RenewalsReport: { '*': open },
  RenewalRow: { '*': open },
  ArAgingReport: { '*': open },
  AgedReceivables: { '*': open },
  SeatUtilisationReport: { '*': open },
  SeatUtilisationGroup: { '*': open },
  LicenseActivationsReport: { '*': open },
  TrialConversionReport: { '*': open },
  OrderToCashReport: { '*': open },
  OrderToCashGroup: { '*': open },
  Lag: { '*': open },
} satisfies Permissions;
