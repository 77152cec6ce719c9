import type { Queryable } from '#kernel/db/database';
import type { AccountId, ActivationId } from '#kernel/ids';
import type { JobContext } from '#kernel/jobs';
import type { PlainDate } from '#kernel/time';
import type { Work } from '#kernel/work';
import type { FoundOutside, PlacementContent } from '../../domain/placement';
import type { LicensesEvents } from '../../events/published';
import type { PlacementRow, SubscriptionCopy } from '../../store/tables';

/**
 * Where what was bought is used: a namespace, an instance with its code, an installation without a network, a tenant. A target is
 * all that this house knows of it, and no other house knows more than its name. Everything that calls outside goes through a
 * placement: tried until it is there, looked at again later, each revision once.
 */
export interface FulfilmentTarget {
  /** What it grants, as events and support call it. */
  readonly kind: string;
  /** Whether it fulfils a subscription. Of all targets the first that does is taken. */
  readonly serves: (work: LicensesWork, subscription: SubscriptionCopy) => boolean | Promise<boolean>;
  /** Gives at once what needs nobody outside, and names what has to be placed first. Runs again with each try of the order. */
  readonly grant: (work: LicensesWork, subscription: SubscriptionCopy) => Promise<Grant>;
  /** What a new version of a subscription touches, whoever ordered it: the keys of placements. */
  readonly touchedBy?: (work: LicensesWork, subscription: SubscriptionCopy) => Promise<readonly string[]>;
  /** What is to be there on a day. */
  readonly wanted?: (
    db: Queryable,
    placed: { readonly accountId: AccountId; readonly key: string },
    on: PlainDate,
  ) => Promise<PlacementContent | null>;
  /** What else is true once it is there; in one transaction with the memory of it. */
  readonly whenPlaced?: (work: LicensesWork, placement: PlacementRow) => Promise<void>;
}

export type LicensesWork = Work<LicensesEvents>;

/** What a subscription was given. */
export interface Grant {
  readonly activationId?: ActivationId;
  /** What the order's timeline says of it. */
  readonly detail: string;
  /** The keys of placements without which it is not given yet. */
  readonly awaits?: readonly string[];
}

/** As much of a job as carrying out a placement needs. */
export type Placing = Pick<JobContext<LicensesEvents>, 'write' | 'signal' | 'now'>;

/** The world outside, as a target's placements need it. */
export interface TargetPort {
  /** Makes it so. The same revision again changes nothing. Throws `Declined` where trying again is useless, and anything else where it helps. */
  readonly place: (placement: PlacementRow, job: Placing) => Promise<void>;
  /** What is there now, by key. Without it what was placed is believed. */
  readonly look?: (keys: readonly string[], job: Placing) => Promise<ReadonlyMap<string, FoundOutside>>;
}

/** The target of a subscription. A version of something that no target fulfils is a fault of how the house was put together. */
export async function targetFor(
  work: LicensesWork,
  targets: readonly FulfilmentTarget[],
  subscription: SubscriptionCopy,
): Promise<FulfilmentTarget> {
  for (const target of targets) if (await target.serves(work, subscription)) return target;
  throw new Error(`Nothing fulfils ${subscription.deployment}.`);
}
