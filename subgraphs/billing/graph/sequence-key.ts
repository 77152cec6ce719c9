import type { KeyFormat } from '#kernel/graph/connection';

/** Lists in the order of an account's own numbering, such as its credit memos. */
export const sequenceKey: KeyFormat<number> = {
  read: text => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null),
  write: sequence => String(sequence),
};
