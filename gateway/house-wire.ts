import { isAscii } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import { VIEWER_READ_HEADER } from '#kernel/auth/observed-viewer';
import { HouseSilent, type SilenceReason } from './house-silent';

/** A request on its way to a house, as bytes and nothing else. */
export interface WireRequest {
  readonly house: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  /** Whether it may be sent a second time when the connection broke. */
  readonly isRepeatable: boolean;
}

export interface WireAnswer {
  readonly status: number;
  readonly text: string;
  /** Whether every byte of it was ASCII. */
  readonly isAscii: boolean;
  /** What the house looked at of the viewer, where it says so. */
  readonly viewerRead?: string | undefined;
}

/**
 * Sends a request and reads its answer; rejects with `HouseSilent` when none came. `dispatch` is the lowest floor of the HTTP client: above it each request would
 * pay for streams, for signals made of signals, and for stack traces that nobody reads.
 */
export const exchange = (pool: Pool, request: WireRequest): Promise<WireAnswer> =>
  new Promise((resolve, reject) => {
    if (request.signal.aborted) reject(new HouseSilent(request.house, 'client-left'));
    else new Exchange(pool, request, resolve, reject).send();
  });

const BROKEN_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

class Exchange implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private readonly leave = () => this.give('client-left');
  private controller: Dispatcher.DispatchController | null = null;
  private chunks: Buffer[] = [];
  private status = 0;
  private viewerRead: string | undefined;
  private isSettled = false;
  private isFirst = true;

  constructor(
    private readonly pool: Pool,
    private readonly request: WireRequest,
    private readonly resolve: (answer: WireAnswer) => void,
    private readonly reject: (fault: HouseSilent) => void,
  ) {
    this.timer = setTimeout(() => this.give('deadline'), request.deadlineMs);
    request.signal.addEventListener('abort', this.leave);
  }

  send(): void {
    const { path, headers, body } = this.request;
    this.pool.dispatch({ method: 'POST', path, headers, body }, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isSettled) controller.abort(new HouseSilent(this.request.house, 'client-left'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    const read = headers[VIEWER_READ_HEADER];
    this.viewerRead = typeof read === 'string' ? read : undefined;
    this.chunks = [];
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.settle()) return;
    const [only] = this.chunks;
    const bytes = only && this.chunks.length === 1 ? only : Buffer.concat(this.chunks);
    const isPlain = isAscii(bytes);
    // Text of one byte for each character is read, searched and parsed faster.
    const text = bytes.toString(isPlain ? 'latin1' : 'utf8');
    this.resolve({ status: this.status, text, isAscii: isPlain, viewerRead: this.viewerRead });
  }

  onResponseError(_controller: Dispatcher.DispatchController, fault: Error): void {
    if (this.isFirst && !this.isSettled && this.request.isRepeatable && isBroken(fault)) {
      this.isFirst = false;
      this.controller = null;
      this.send();
    } else {
      this.give('connection', fault);
    }
  }

  private give(reason: SilenceReason, cause?: unknown): void {
    if (!this.settle()) return;
    const fault = new HouseSilent(this.request.house, reason, cause);
    this.controller?.abort(fault);
    this.reject(fault);
  }

  private settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    clearTimeout(this.timer);
    this.request.signal.removeEventListener('abort', this.leave);
    return true;
  }
}

const isBroken = (fault: Error): boolean => 'code' in fault && typeof fault.code === 'string' && BROKEN_CONNECTION.has(fault.code);
