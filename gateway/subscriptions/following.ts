import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { ErrorCode } from '#kernel/graph/error-codes';
import { refusalText } from '../errors';
import type { EventHub } from './event-hub';
import type { EventStream } from './event-stream';
import type { LiveRequest } from './live-document';
import type { Positions } from './position';

/** One client that follows something. */
export interface Following {
  /** Tells what there is to tell at first, and listens from then on. */
  start(): Promise<void>;
  /** Looks, now and then, whether the viewer may still see what it follows. */
  check(): Promise<void>;
  stop(): void;
}

export interface FollowingOptions {
  readonly asked: LiveRequest;
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly hub: EventHub;
  readonly stream: EventStream;
  readonly requestId: string;
  /** Where a broken connection ended, or null for a new one. */
  readonly resumeAt: Positions | null;
  /** Asks the graph for the viewer, as any of its reads, for what is so since an event. */
  readonly read: (asked: LiveRequest, since: string) => Promise<string>;
  /** Whether the viewer's token is still good. */
  readonly isTrusted: () => Promise<boolean>;
  readonly onUpdate: () => void;
}

/** Ends a stream with the reason, in the words of any other refusal. */
export function endWith({ stream, requestId }: Pick<FollowingOptions, 'stream' | 'requestId'>, code: ErrorCode, message: string): void {
  stream.next(refusalText({ status: 200, code, message }, requestId), '');
  stream.complete();
}

export const EXPIRED = 'The token that this subscription was opened with is no longer accepted. Sign in again.';
