import type { CompileOptions, RunStep } from './compiled-step';
import { compileEntityStep } from './entity-step';
import { compileFetchStep } from './fetch-step';
import type { Run } from './run';
import type { Step } from './steps';
import { shareableParts, sharedPlacesOf } from './written-paths';

/** A plan as functions, and where the answers that they put together hold the same sub-tree more than once. */
export interface CompiledPlan {
  readonly run: RunStep;
  readonly sharedPlaces: ReadonlySet<string>;
}

/** Turns a plan into functions, once for each document. */
export function compilePlan(plan: Step | null, options: Pick<CompileOptions, 'facts' | 'ask'>): CompiledPlan {
  if (!plan) return { run: () => undefined, sharedPlaces: new Set() };
  const shareable = shareableParts(plan);
  const sharedPlaces = sharedPlacesOf(plan, shareable);
  return { run: compileStep(plan, { ...options, shareable, sharedPlaces }), sharedPlaces };
}

function compileStep(step: Step, options: CompileOptions): RunStep {
  switch (step.kind) {
    case 'sequence':
      return inSequence(step.steps.map(part => compileStep(part, options)));
    case 'parallel':
      return inParallel(step.steps.map(part => compileStep(part, options)));
    case 'fetch':
      return compileFetchStep(step, options);
    case 'entities':
      return compileEntityStep(step, options);
  }
}

function inSequence(steps: readonly RunStep[]): RunStep {
  const [only] = steps;
  if (only && steps.length === 1) return only;
  const goOn = (run: Run, from: number): Promise<void> | undefined => {
    for (let at = from; at < steps.length; at += 1) {
      const waiting = steps[at]?.(run);
      if (waiting) return waiting.then(() => goOn(run, at + 1));
    }
    return undefined;
  };
  return run => goOn(run, 0);
}

function inParallel(steps: readonly RunStep[]): RunStep {
  return run => {
    const waiting: Promise<void>[] = [];
    for (const step of steps) {
      const running = step(run);
      if (running) waiting.push(running);
    }
    return waiting.length > 1 ? Promise.all(waiting).then(() => undefined) : waiting[0];
  };
}
