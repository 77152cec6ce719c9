/** The outcome of a decision: what was decided, or why it was refused. Never both, never neither. */
export type Result<T, R extends Refusal = Refusal> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: R };

/**
 * An answer the business gives on purpose. A client may show `message`; it branches on `code`.
 * `path` names the input field that is at fault; `retryable` says that the same request may succeed later.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  readonly path?: readonly string[];
  readonly retryable?: boolean;
}

/** The decision was taken; this is what was decided. */
export const accept = <T>(value: T) => ({ ok: true, value }) as const;

/** The decision was declined, and why: a code to branch on, a sentence that says what to do. */
export const refuse = <Code extends string>(
  code: Code,
  message: string,
  where: { readonly path?: readonly string[]; readonly retryable?: boolean } = {},
) => ({ ok: false, refusal: { code, message, ...where } as Refusal<Code> }) as const;
