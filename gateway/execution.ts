import { openCompiledExecution } from './execution/compiled-execution';
import type { Execution, ExecutionOptions } from './execution/contract';
import { openReferenceExecution } from './execution/reference-execution';

export type { Execution, ExecutionCounts, ExecutionOptions, LoadedSchema, Operation } from './execution/contract';

/** Opens the executor. Throws when the supergraph cannot be loaded. */
export const openExecution = (options: ExecutionOptions): Promise<Execution> =>
  options.kind === 'compiled' ? openCompiledExecution(options) : openReferenceExecution(options);
