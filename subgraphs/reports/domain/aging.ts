/** How long something has been owed, in days since it was due. On its due day it is still current. */
export const AGING_BUCKETS = ['CURRENT', 'DAYS_1_30', 'DAYS_31_60', 'DAYS_61_90', 'DAYS_91_120', 'OVER_120'] as const;
export type AgingBucket = (typeof AGING_BUCKETS)[number];

/** The day after the due day on which each bucket but the first begins. */
export const AGING_STARTS_DAYS = [1, 31, 61, 91, 121] as const;
