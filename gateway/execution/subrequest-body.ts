import type { Run } from './run';
import type { Subrequest } from './steps';

/** Writes the body of a subrequest. All of it that does not depend on the request is one text made beforehand. */
export interface SubrequestBody {
  /** The whole body; `more` holds further variables as JSON text without braces. */
  write(run: Run, more: string): string;
}

export function compileBody({ operation, operationName, variables }: Subrequest): SubrequestBody {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const start = `{"query":${JSON.stringify(operation)}${name}`;
  const keys = variables.map(variable => [variable, `${JSON.stringify(variable)}:`] as const);
  return {
    write(run, more) {
      let text = more;
      for (const [variable, key] of keys) {
        const value = run.variables[variable];
        if (value === undefined) continue;
        if (text !== '') text += ',';
        text += key + JSON.stringify(value);
      }
      return text === '' ? `${start}}` : `${start},"variables":{${text}}}`;
    },
  };
}
