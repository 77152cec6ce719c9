/** The partner quickstart, read as an integrator reads it: its commands, and what it says comes back. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Commands that stand in one block, and what is shown below them. Null: nothing. */
export interface Step {
  readonly commands: string;
  readonly shown: string | null;
}

/** The steps of a guide that somebody takes once everything is started. */
export const stepsOf = (path: string): readonly Step[] =>
  [...readFileSync(path, 'utf8').matchAll(/```sh\n([\s\S]*?)```(?:\n```json\n([\s\S]*?)```)?/g)]
    .map(([, commands = '', shown]) => ({ commands, shown: shown ?? null }))
    .filter(step => !step.commands.includes('npm start'));

const MARK = '--- next ---';
const STEPS_MS_MAX = 50_000;

/** Takes all steps in one shell and one folder, and answers what each printed. `given` says what is set otherwise than in the guide. */
export async function take(steps: readonly Step[], folder: string, given: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const script = steps.flatMap(({ commands }) => [withGiven(commands, given), `echo '${MARK}'`]).join('\n');
  const options = { cwd: folder, timeout: STEPS_MS_MAX };
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], options);
  return stdout.split(`${MARK}\n`).slice(0, -1);
}

const withGiven = (commands: string, given: Readonly<Record<string, string>>): string =>
  commands.replace(/^([A-Z_]+)=.*$/gm, (line, name: string) => (given[name] === undefined ? line : `${name}=${given[name]}`));
