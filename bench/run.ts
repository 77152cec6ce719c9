/**
 * Runs one measurement: `npm run bench -- purchase`. It shows its progress, prints a table, and as its last line one JSON
 * object with the same figures. Nothing here passes or fails by the clock: machines differ.
 */
import '../scripts/platform/as-shipped';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a measurement found: figures for people, and the same for programs. */
export interface Report {
  readonly rows: readonly (readonly [name: string, figure: string])[];
  readonly figures: Readonly<Record<string, unknown>>;
}

/** Says how far a measurement is. */
export type Progress = (text: string) => void;

const names = readdirSync(__dirname).flatMap(file => (/^(?!run)[\w-]+\.ts$/.test(file) ? [file.replace('.ts', '')] : []));

async function main(name: string | undefined): Promise<void> {
  const path = join(__dirname, `${name}.ts`);
  if (!name || !names.includes(name) || !existsSync(path))
    throw new Error(`Name one measurement: ${names.join(', ')}. For example: npm run bench -- ${names[0]}`);
  const { measure }: { measure: (progress: Progress) => Promise<Report> } = require(path);
  const { rows, figures } = await measure(text => process.stderr.write(`  … ${text}\n`));
  const width = Math.max(...rows.map(([title]) => title.length)) + 3;
  process.stdout.write(
    `\n${rows.map(([title, figure]) => `  ${title.padEnd(width)}${figure}`).join('\n')}\n\n${JSON.stringify({ bench: name, ...figures })}\n`,
  );
}

main(process.argv[2]).then(
  () => process.exit(0),
  fault => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  },
);
