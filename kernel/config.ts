import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A configuration that cannot be used: the sentence names each variable and says what it should hold. */
export class BadConfiguration extends Error {}

/**
 * Reads and checks the whole configuration once, at the top of a process. Unknown variables are ignored. What a variable
 * holds may stand in a file that `<NAME>_FILE` names: that is how secrets arrive where they are mounted.
 */
export function readConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<Shape>> {
  const read = z.object(shape).safeParse(withFiles(Object.keys(shape), environment));
  if (read.success) return read.data as z.infer<z.ZodObject<Shape>>;
  const faults = read.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
  throw new BadConfiguration(`The configuration cannot be used. ${faults.join('; ')}.`);
}

function withFiles(names: readonly string[], environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const held = names.flatMap(name => {
    const path = environment[`${name}_FILE`];
    return path && environment[name] === undefined ? [[name, contentOf(`${name}_FILE`, path)] as const] : [];
  });
  return { ...environment, ...Object.fromEntries(held) };
}

function contentOf(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new BadConfiguration(`The configuration cannot be used. ${variable}: the file ${path} cannot be read.`);
  }
}

export const ENVIRONMENTS = ['development', 'test', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const environment = z.enum(ENVIRONMENTS, { error: `one of ${ENVIRONMENTS.join(', ')}` }).default('production');
export const port = z.coerce.number({ error: 'a port number, 0 to 65535' }).int().min(0).max(65_535);
export const postgresUrl = z
  .string({ error: 'the address of a PostgreSQL database' })
  .regex(/^postgres(ql)?:\/\//, 'starts with postgres://');

/** `{"orders": "http://10.0.0.3:4102", …}`: where each house answers. */
export const houseAddresses = z
  .string()
  .default('{}')
  .transform((text, ctx) => {
    try {
      return z.record(z.string(), z.url()).parse(JSON.parse(text));
    } catch {
      ctx.addIssue({ code: 'custom', message: 'a JSON object from house name to base address' });
      return z.NEVER;
    }
  });

const DEVELOPMENT_SECRET = /development|yes_for_tests_only/;

/** Keys that sign, newest first: two are live while one is replaced. */
export const signingSecrets = z
  .string({ error: 'the signing keys, newest first, separated by commas' })
  .transform(text => text.split(',').map(secret => secret.trim()))
  .refine(secrets => secrets.length <= 2 && secrets.every(secret => secret.length >= 32), 'one or two keys of at least 32 characters');

/** Refuses what is meant for development once a process says that it is in production. */
export function refuseDevelopmentSecrets(environmentName: Environment, secrets: readonly string[]): void {
  if (environmentName === 'production' && secrets.some(secret => DEVELOPMENT_SECRET.test(secret))) {
    throw new BadConfiguration('A development secret is configured in production: make new keys of at least 32 random characters.');
  }
}
