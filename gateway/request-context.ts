import type { Viewer } from '#kernel/auth/viewer';

/** Hears what each house looked at of the viewer. */
export interface Dependence {
  /** Undefined when a house did not say, or did not answer: then it may have been anything. */
  add(viewerRead: string | undefined): void;
}

/** What travels with one request from the socket to every call it causes. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** In every error, every log line and every event that follows from this request. */
  readonly requestId: string;
  /** Aborted when the client has left and nothing that was asked for changes anything. */
  readonly signal: AbortSignal;
  /** Houses that did not answer within this request. They are not asked again: the client has waited once. */
  readonly silentHouses: Set<string>;
  /** True for partners: they are not told which of our houses something went wrong in. */
  readonly hidesHouses?: boolean;
  /**
   * What has just happened, for a read that must know of it: it is shared only with reads that are asked for the same
   * reason, and never with one that was on its way before.
   */
  readonly since?: string;
  /** Learns what the answer depends on, where that is asked. */
  readonly dependence?: Dependence;
}
