/** What a person sees while the product starts: one line for each step, and at the end one table. */

const WIDTH = 22;
const isTerminal = process.stdout.isTTY === true;

/** Runs a step and says how it went and how long it took. In a terminal the line tells its progress meanwhile. */
export async function step<T>(
  name: string,
  work: (onProgress: (text: string) => void) => Promise<T>,
  outcome: (value: T) => string,
): Promise<T> {
  const startedAt = performance.now();
  const label = name.padEnd(WIDTH);
  const show = (text: string) => isTerminal && process.stdout.write(`\r\x1b[2K  … ${label}${text}`);
  show('');
  try {
    const value = await work(show);
    process.stdout.write(`${isTerminal ? '\r\x1b[2K' : ''}  ✓ ${label}${outcome(value).padEnd(44)} ${seconds(startedAt)}\n`);
    return value;
  } catch (fault) {
    process.stdout.write(`${isTerminal ? '\r\x1b[2K' : ''}  ✗ ${label}\n`);
    throw fault;
  }
}

/** Rows of a name and what belongs to it; an empty name goes on with the row above, an empty row sets apart. */
export type TableRow = readonly [name: string, text: string];

export function table(rows: readonly TableRow[]): void {
  const width = Math.max(...rows.map(([name]) => name.length)) + 3;
  process.stdout.write(`\n${rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`.trimEnd()).join('\n')}\n\n`);
}

const seconds = (startedAt: number): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
