/**
 * A document as large as the limits allow takes tens of milliseconds to check, plan and compile. Between two of these steps
 * everybody else has a turn; what is small goes through at once.
 */
export const turnOfOthers = (length: number): Promise<void> | undefined =>
  length > LENGTH_AT_ONCE_MAX ? new Promise(resume => setImmediate(resume)) : undefined;

const LENGTH_AT_ONCE_MAX = 2_000;
