import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readConfig } from '#kernel/config';
import type { Surroundings } from '#kernel/house';
import { filesSignedWith, offlineFile } from '../actions/targets/offline-file';
import type { Outside } from '../actions/targets/place';
import { saasNamespace } from '../actions/targets/saas-namespace';
import { selfManagedCode } from '../actions/targets/self-managed-code';
import type { FulfilmentTarget, TargetPort } from '../actions/targets/target';
import { type DevelopmentProduct, openDevelopmentProduct } from '../ports/development-product';
import { type HostedProductSettings, hostedProduct, hostedProductSettings } from '../ports/hosted-product';
import type { LicensesPorts, LicensesServices } from '../ports/services';

/** What jobs have at hand beside what requests have. */
export interface JobServices extends LicensesServices {
  /** The fulfilment targets, and how each is reached. */
  readonly outside: Outside;
}

/** What a target's way to the world outside is made of. */
export interface Reached extends LicensesPorts {
  readonly hostedProduct: HostedProductSettings;
}

/** A fulfilment target with its way to the world outside. To add one is to add it to this list. */
export interface PluggedIn {
  readonly target: FulfilmentTarget;
  /** Absent where everything it gives is given here. */
  readonly reach?: (reached: Reached) => TargetPort;
}

/** The targets that come with the product. Of those that fulfil a subscription the first does. */
export const TARGETS: readonly PluggedIn[] = [
  { target: saasNamespace, reach: ({ hostedProduct: settings }) => hostedProduct(settings, 'namespaces') },
  { target: offlineFile, reach: ({ signer }) => filesSignedWith(signer.sign) },
  { target: selfManagedCode(randomBytes) },
];

const SHAPE = { HOSTED_PRODUCT_DIR: z.string().min(1).default('.data/hosted-product') };

/** Opens the ways to the world outside. Without a hosted product, development gets a small one of its own. */
export async function openTargets(
  plugged: readonly PluggedIn[],
  surroundings: Pick<Surroundings, 'environment' | 'variables'>,
  ports: LicensesPorts,
): Promise<{ readonly outside: Outside; readonly developmentProduct: DevelopmentProduct | null }> {
  const settings = hostedProductSettings(surroundings);
  const developmentProduct = settings.url
    ? null
    : await openDevelopmentProduct(readConfig(SHAPE, surroundings.variables).HOSTED_PRODUCT_DIR);
  const reached = { ...ports, hostedProduct: { ...settings, url: settings.url ?? developmentProduct?.url ?? null } };
  const reachable = plugged.flatMap(({ target, reach }) => (reach ? [[target.kind, reach(reached)] as const] : []));
  return { outside: { targets: plugged.map(({ target }) => target), ports: new Map(reachable) }, developmentProduct };
}
