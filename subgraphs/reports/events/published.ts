/** Reports tells nobody anything: it only listens. */
export type ReportsEvents = Readonly<Record<never, never>>;
