import type { CompileOptions, RunStep } from './compiled-step';
import { compileEntityStep } from './entity-step';
import { compileFetchStep } from './fetch-step';
import type { Run } from './run';
import type { Step } from './steps';
import { shareableParts } from './written-paths';

/** Turns a plan into functions, once for each document. */
export function compilePlan(plan: Step | null, options: Pick<CompileOptions, 'facts' | 'ask'>): RunStep {
  return plan ? compileStep(plan, { ...options, shareable: shareableParts(plan) }) : () => undefined;
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
    const waiting = steps.flatMap(step => step(run) ?? []);
    if (waiting.length <= 1) return waiting[0];
    return Promise.all(waiting).then(() => undefined);
  };
}
