/** Ours, or Apollo's: slower by far, and there to compare with and to fall back to. */
export const EXECUTION_KINDS = ['compiled', 'reference'] as const;
export type ExecutionKind = (typeof EXECUTION_KINDS)[number];
