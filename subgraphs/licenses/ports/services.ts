import { z } from 'zod';
import { BadConfiguration, readConfig } from '#kernel/config';
import type { Surroundings } from '#kernel/house';
import { type Mail, mailInto, mailThrough } from './mail';
import type { LicenseSigner } from './signer';
import { signerFrom } from './signing-keys';

const SHAPE = {
  LICENSE_SIGNING_KEYS: z.string().optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'starts with smtp:// or smtps://')
    .optional(),
  MAIL_DIR: z.string().min(1).optional(),
  MAIL_FROM: z.string().min(3).default('licenses@example.com'),
};

/** What licences need of the world outside. */
export interface LicensesServices {
  readonly signer: LicenseSigner;
  readonly mail: Mail;
}

/** Reads and checks the configuration of the ports. In production it refuses to guess keys or a place for mail. */
export function servicesFrom({ environment, variables }: Pick<Surroundings, 'environment' | 'variables'>): LicensesServices {
  const { LICENSE_SIGNING_KEYS, SMTP_URL, MAIL_DIR, MAIL_FROM } = readConfig(SHAPE, variables);
  if (environment === 'production' && !SMTP_URL && !MAIL_DIR) {
    throw new BadConfiguration('SMTP_URL: the mail server that takes mail to customers, or MAIL_DIR to keep it as files.');
  }
  return {
    signer: signerFrom(LICENSE_SIGNING_KEYS, environment),
    mail: SMTP_URL ? mailThrough(SMTP_URL, MAIL_FROM) : mailInto(MAIL_DIR ?? '.data/mail', MAIL_FROM),
  };
}
