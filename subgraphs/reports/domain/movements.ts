/** What a change of recurring revenue is to the company that it happens to. */
export const MOVEMENTS = ['NEW', 'EXPANSION', 'CONTRACTION', 'CHURN', 'NONE'] as const;
export type Movement = (typeof MOVEMENTS)[number];
