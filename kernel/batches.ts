/** What gathers requests that arrive at the same time, so that one transaction serves many. */
export interface Batches<Request, Answer> {
  /** Waits for its turn and answers, or tells at once after how many seconds to come back, because too many wait. */
  ask(request: Request): Promise<{ readonly answer: Answer } | { readonly comeBackAfterSeconds: number }>;
}

export interface BatchOptions<Request, Answer> {
  /** Answers all requests of a batch, in their sequence. When it throws, each request is tried by itself. */
  readonly run: (batch: readonly Request[]) => Promise<readonly Answer[]>;
  /** Requests of one batch. */
  readonly batchMax: number;
  /** Batches at work at the same time. */
  readonly lanes: number;
  /** Requests that may wait; one more is sent away. */
  readonly waitingMax: number;
  /** Milliseconds for which the first of a batch waits for others. */
  readonly gatherMs: number;
  /** Milliseconds since some moment, for measuring. */
  readonly elapsedMs: () => number;
}

interface Waiting<Request, Answer> {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: unknown) => void;
}

/** Nobody is asked to come back later than this. */
const COME_BACK_SECONDS_MAX = 600;
/** How much the newest batch counts in the measured pace. */
const PACE_WEIGHT = 0.2;
const PACE_AT_FIRST = 500;

/**
 * Gathers requests into batches: the busier, the larger they are, up to a bound. What waits is bounded too; who comes after
 * that is told when there will be room, by the pace of the last batches.
 */
export function gather<Request, Answer>(options: BatchOptions<Request, Answer>): Batches<Request, Answer> {
  const waiting: Waiting<Request, Answer>[] = [];
  let lanesBusy = 0;
  let gathering = false;
  let pacePerSecond = PACE_AT_FIRST;

  function start(): void {
    gathering = false;
    while (lanesBusy < options.lanes && waiting.length > 0) {
      const batch = waiting.splice(0, options.batchMax);
      lanesBusy++;
      void carryOut(batch).finally(() => {
        lanesBusy--;
        start();
      });
    }
  }

  async function carryOut(batch: readonly Waiting<Request, Answer>[]): Promise<void> {
    const startedAt = options.elapsedMs();
    await answerAll(options.run, batch);
    const perSecond = (batch.length / Math.max(options.elapsedMs() - startedAt, 1)) * 1000 * options.lanes;
    pacePerSecond += (perSecond - pacePerSecond) * PACE_WEIGHT;
  }

  return {
    ask(request) {
      if (waiting.length >= options.waitingMax) {
        const seconds = Math.ceil(waiting.length / pacePerSecond);
        return Promise.resolve({ comeBackAfterSeconds: Math.min(Math.max(seconds, 1), COME_BACK_SECONDS_MAX) });
      }
      const answered = new Promise<Answer>((resolve, reject) => void waiting.push({ request, resolve, reject }));
      if (!gathering && lanesBusy < options.lanes) {
        gathering = true;
        setTimeout(start, options.gatherMs);
      }
      return answered.then(answer => ({ answer }));
    },
  };
}

/** One request that breaks does not break the others: they are tried again without each other. */
async function answerAll<Request, Answer>(
  run: BatchOptions<Request, Answer>['run'],
  batch: readonly Waiting<Request, Answer>[],
): Promise<void> {
  try {
    const answers = await run(batch.map(({ request }) => request));
    for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!);
  } catch (fault) {
    const [only, ...others] = batch;
    if (only && others.length === 0) return only.reject(fault);
    for (const one of batch) await answerAll(run, [one]);
  }
}
