import 'reflect-metadata';
import { type ClassType, Directive, Field, ObjectType } from 'type-graphql';
import type { Refusal, Result } from '../result';
import { enumOf } from './enum';
import { Wrapper } from './plain-resolver';

/** Refusals that any house can give, and what a client is to do about them. */
export const COMMON_CODES = {
  AMOUNT_INVALID: 'The amount is no amount of its currency.',
  CONFLICT: 'Somebody changed the same thing at the same moment. Send the request again.',
  CURRENCY_NOT_SUPPORTED: 'Nothing can be sold in this currency.',
  IDEMPOTENCY_KEY_INVALID: 'The idempotency key is empty or longer than 255 characters.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used for a different request. Choose a new one for each request.',
  INPUT_INVALID: 'A value is outside what is allowed; `path` names it.',
  NOT_FOUND: 'There is no such thing, or you may not know of it.',
  NOT_PERMITTED: 'You may see this, but you may not change it.',
  VERSION_CHANGED: 'It has changed since you read the version you sent. Read it again and decide anew.',
} as const;

/** Why a mutation declined, as the client sees it. Its source object is made from a `Refusal`. */
export interface UserErrorSource {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly retryable: boolean;
}

/** What every payload carries. */
export interface PayloadSource {
  readonly userErrors: readonly UserErrorSource[];
  readonly correlationId: string;
}

/**
 * Makes a house's `UserError` type and the `Payload` class that its payloads extend. `codes` are the house's own refusal
 * codes, each with a sentence for the client; the common ones are added. The type is the same in every house, and the
 * gateway's `UserErrorCode` is the sum of all houses' codes.
 */
export function userErrorType(codes: Readonly<Record<string, string>>): {
  readonly UserError: ClassType<UserErrorSource>;
  readonly Payload: abstract new () => PayloadSource;
} {
  const all = Object.fromEntries(Object.entries({ ...COMMON_CODES, ...codes }).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const UserErrorCode = enumOf('UserErrorCode', Object.keys(all), 'Why a request was declined. More codes may come.', all);

  @Wrapper()
  @Directive('@shareable')
  @ObjectType({ simpleResolvers: true, description: 'Why a request was declined, and what can be done about it.' })
  class UserError implements UserErrorSource {
    @Field(() => UserErrorCode, { description: 'What to branch on.' })
    readonly code!: string;

    @Field(() => String, { description: 'A sentence that may be shown to the user.' })
    readonly message!: string;

    @Field(() => [String], { description: 'The input field at fault, from the outside in. Empty when it is the request as a whole.' })
    readonly path!: readonly string[];

    @Field(() => Boolean, { description: 'Whether the same request may succeed later.' })
    readonly retryable!: boolean;
  }

  @Wrapper()
  @ObjectType({ simpleResolvers: true, description: 'The outcome of a mutation.' })
  abstract class Payload implements PayloadSource {
    @Field(() => [UserError], { description: 'Why the request was declined. Empty when it was done.' })
    readonly userErrors!: readonly UserErrorSource[];

    @Field(() => String, { description: 'Ties together everything that follows from this request; quote it to support.' })
    readonly correlationId!: string;
  }

  return { UserError, Payload };
}

/**
 * A payload from an action's result: the fields made from its value, or its refusal as the one user error. Fields of a
 * declined request are left out, so they are answered as null.
 */
export async function answer<Answer, Fields extends object>(
  { correlationId }: { readonly correlationId: string },
  result: Result<Answer>,
  fieldsOf: (value: Answer) => Fields | Promise<Fields>,
): Promise<Partial<Fields> & PayloadSource> {
  const fields: Partial<Fields> = result.ok ? await fieldsOf(result.value) : {};
  return { ...fields, userErrors: result.ok ? [] : [userErrorOf(result.refusal)], correlationId };
}

/** A refusal as the client sees it. */
export const userErrorOf = ({ code, message, path = [], retryable = false }: Refusal): UserErrorSource => ({
  code,
  message,
  path,
  retryable,
});
