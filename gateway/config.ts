import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  BadConfiguration,
  type Environment,
  environment,
  houseAddresses,
  port,
  readConfig,
  refuseDevelopmentSecrets,
  signingSecrets,
} from '#kernel/config';
import { EXECUTION_KINDS, type ExecutionKind } from './execution/kinds';
import type { QuotaSizes } from './quotas';

/** Where users' tokens come from: the company's identity provider. */
export interface UserIssuerConfig {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
}

export interface GatewayConfig {
  readonly execution: ExecutionKind;
  readonly environment: Environment;
  readonly host: string;
  readonly port: number;
  readonly houses: Readonly<Record<string, string>>;
  /** Newest first: the first signs. */
  readonly hopSecrets: readonly string[];
  readonly supergraphPath: string;
  readonly houseDeadlineMs: number;
  readonly userIssuer: UserIssuerConfig | null;
  readonly isDevelopmentIssuerOn: boolean;
  readonly signingKeyPath: string;
  readonly personasPath: string;
  readonly corsOrigins: readonly string[];
  /** Proxies of ours in front of the gateway, each of which adds one address to `x-forwarded-for`. */
  readonly trustedProxies: number;
  readonly explorerPath: string;
  /** Where the manifests of trusted documents are, and whether a client that has one may send nothing else. */
  readonly operationsPath: string;
  readonly isTrustEnforced: boolean;
  readonly subscriptionsPerViewer: number;
  /** What each system of a partner may ask for in a minute. */
  readonly partnerQuotas: QuotaSizes;
  /** Processes that share the address, and how large each may grow before it is replaced. */
  readonly workers: number;
  readonly workerMemoryMb: number;
}

const YES = 'yes_for_development_only';
const origins = z
  .string()
  .default('')
  .transform(text => text.split(',').flatMap(origin => origin.trim() || []))
  .refine(list => list.every(origin => /^https?:\/\/[^/*]+$/.test(origin)), 'origins such as https://shop.example, separated by commas');

const variables = {
  EXECUTION: z.enum(EXECUTION_KINDS, { error: EXECUTION_KINDS.join(' or ') }).default('compiled'),
  ENVIRONMENT: environment,
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4000),
  HOUSES: houseAddresses,
  HOP_SECRETS: signingSecrets,
  SUPERGRAPH_PATH: z.string().default('schema/supergraph.graphql'),
  HOUSE_DEADLINE_MS: z.coerce.number({ error: 'milliseconds, 50 to 60000' }).int().min(50).max(60_000).default(5_000),
  JWKS_URL: z.url({ error: "the address of the identity provider's keys" }).optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().default('purchasing-graph'),
  DEVELOPMENT_ISSUER: z.literal(YES, { error: `absent, or ${YES}` }).optional(),
  DATA_DIR: z.string().default('.data'),
  SIGNING_KEY_PATH: z.string().optional(),
  PERSONAS_PATH: z.string().optional(),
  CORS_ORIGINS: origins,
  TRUSTED_PROXIES: z.coerce.number({ error: 'a number of proxies' }).int().min(0).max(10).default(0),
  EXPLORER_PATH: z.string().default('dist/explorer'),
  OPERATIONS_PATH: z.string().default('operations'),
  WORKERS: z.coerce.number({ error: 'a number of processes' }).int().min(1).max(256).optional(),
  WORKER_MEMORY_MB: z.coerce.number({ error: 'megabytes, 64 or more' }).int().min(64).default(1_024),
  PARTNER_REQUESTS_PER_MINUTE: z.coerce.number({ error: 'a number of requests' }).int().min(1).default(1_200),
  PARTNER_COST_PER_MINUTE: z.coerce.number({ error: 'a cost' }).int().min(1).default(200_000),
  SUBSCRIPTIONS_PER_VIEWER: z.coerce.number({ error: 'a number of subscriptions' }).int().min(0).max(10_000).default(100),
  TRUSTED_DOCUMENTS: z.enum(['enforced', 'optional'], { error: 'enforced or optional' }).optional(),
};

/** Reads the gateway's whole configuration, or throws one sentence that says what is wrong with it. */
export function readGatewayConfig(environmentVariables: NodeJS.ProcessEnv): GatewayConfig {
  const read = readConfig(variables, environmentVariables);
  refuseDevelopmentSecrets(read.ENVIRONMENT, read.HOP_SECRETS);
  if (read.DEVELOPMENT_ISSUER && read.ENVIRONMENT === 'production') {
    throw new BadConfiguration(
      'DEVELOPMENT_ISSUER hands a token to whoever asks and cannot be enabled in production: remove it, and set JWKS_URL and JWT_ISSUER.',
    );
  }
  if (!read.DEVELOPMENT_ISSUER && !(read.JWKS_URL && read.JWT_ISSUER)) {
    throw new BadConfiguration(`Nobody could sign in: set JWKS_URL and JWT_ISSUER, or on your own machine DEVELOPMENT_ISSUER=${YES}.`);
  }
  return {
    execution: read.EXECUTION,
    environment: read.ENVIRONMENT,
    host: read.HOST,
    port: read.PORT,
    houses: read.HOUSES,
    hopSecrets: read.HOP_SECRETS,
    supergraphPath: read.SUPERGRAPH_PATH,
    houseDeadlineMs: read.HOUSE_DEADLINE_MS,
    userIssuer: read.JWKS_URL && read.JWT_ISSUER ? { jwksUrl: read.JWKS_URL, issuer: read.JWT_ISSUER, audience: read.JWT_AUDIENCE } : null,
    isDevelopmentIssuerOn: read.DEVELOPMENT_ISSUER === YES,
    signingKeyPath: read.SIGNING_KEY_PATH ?? join(read.DATA_DIR, 'secrets', 'gateway-signing-key.json'),
    personasPath: read.PERSONAS_PATH ?? join(read.DATA_DIR, 'personas.json'),
    corsOrigins: read.CORS_ORIGINS,
    trustedProxies: read.TRUSTED_PROXIES,
    explorerPath: read.EXPLORER_PATH,
    operationsPath: read.OPERATIONS_PATH,
    // Whoever develops a client tries documents that stand in no manifest yet.
    isTrustEnforced: (read.TRUSTED_DOCUMENTS ?? (read.ENVIRONMENT === 'production' ? 'enforced' : 'optional')) === 'enforced',
    subscriptionsPerViewer: read.SUBSCRIPTIONS_PER_VIEWER,
    partnerQuotas: { requestsPerMinute: read.PARTNER_REQUESTS_PER_MINUTE, costPerMinute: read.PARTNER_COST_PER_MINUTE },
    workers: read.WORKERS ?? (read.ENVIRONMENT === 'production' ? availableParallelism() : 1),
    workerMemoryMb: read.WORKER_MEMORY_MB,
  };
}
