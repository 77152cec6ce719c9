import { readFile } from 'node:fs/promises';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import type { Clock } from '#kernel/time';
import { claimsFor, DEVELOPMENT_ISSUER } from './identity';
import type { SigningKey } from './signing-key';

const TOKEN_SECONDS = 8 * 60 * 60;

const personaFile = z.array(
  z.object({
    id: z.string().min(1),
    label: z.string(),
    description: z.string().default(''),
    claims: z.looseObject({ sub: z.string() }),
    samples: z.record(z.string(), z.unknown()).default({}),
  }),
);

/** Somebody to try the graph as: one click in the explorer, and the ids that make the saved operations run. */
export type Persona = z.infer<typeof personaFile>[number];

/**
 * Stands in for the identity provider on a developer's machine: whoever asks gets the token of any persona. That is why
 * the configuration refuses it in production, and why its tokens carry an issuer that no other gateway believes.
 */
export interface DevelopmentIssuer {
  personas(): Promise<readonly Persona[]>;
  /** A token for the persona, or null when there is none of that id. */
  signIn(personaId: string): Promise<{ readonly token: string; readonly expiresInSeconds: number } | null>;
  mint(claims: JWTPayload, seconds?: number): Promise<string>;
}

export function openDevelopmentIssuer({
  key,
  personasPath,
  clock,
}: {
  key: SigningKey;
  personasPath: string;
  clock: Clock;
}): DevelopmentIssuer {
  const mint = (claims: JWTPayload, seconds = TOKEN_SECONDS) =>
    key.sign(claimsFor(DEVELOPMENT_ISSUER, claims), { issuedAt: clock.now(), seconds });
  // Read each time: the file is written again whenever demonstration data is made.
  const personas = async () => {
    const text = await readFile(personasPath, 'utf8').catch(() => '[]');
    return personaFile.parse(JSON.parse(text));
  };
  return {
    personas,
    mint,
    async signIn(personaId) {
      const persona = (await personas()).find(({ id }) => id === personaId);
      return persona ? { token: await mint(persona.claims), expiresInSeconds: TOKEN_SECONDS } : null;
    },
  };
}
