import { z } from 'zod';
import { readConfig } from '#kernel/config';
import type { Surroundings } from '#kernel/house';
import { type Mail, mailOf } from '#kernel/mail';
import type { DevelopmentProduct } from './development-product';
import type { OfferCache } from './offer-cache';
import type { LicenseSigner } from './signer';
import { signerFrom } from './signing-keys';
import type { SyncQueue } from './sync-queue';

const SHAPE = { LICENSE_SIGNING_KEYS: z.string().optional() };

/** What licences need of the world outside. */
export interface LicensesPorts {
  readonly signer: LicenseSigner;
  readonly mail: Mail;
}

/** What requests and jobs have at hand. */
export interface LicensesServices extends LicensesPorts {
  readonly syncs: SyncQueue;
  /** What namespaces may be offered, as it was a moment ago. */
  readonly offers: OfferCache;
  /** The service that stands for the hosted product in development; null where a real one is connected. */
  readonly developmentProduct: DevelopmentProduct | null;
}

/** Reads and checks the configuration of the ports. In production it refuses to guess keys or a place for mail. */
export function portsFrom({ environment, variables }: Pick<Surroundings, 'environment' | 'variables'>): LicensesPorts {
  return {
    mail: mailOf(environment, variables, 'licenses@example.com'),
    signer: signerFrom(readConfig(SHAPE, variables).LICENSE_SIGNING_KEYS, environment),
  };
}
