import { SIGNED_IN } from '#kernel/auth/observed-viewer';
import { anonymous, isSignedIn, type Viewer } from '#kernel/auth/viewer';
import type { Dependence } from '../request-context';
import { viewerKey } from '../viewer-key';

/** Reads once for a viewer, and tells on the way what the answer depends on. */
export type ReadFor = (dependence: Dependence) => Promise<string>;

export interface SharedReads {
  /** `key` stands for what is read, and for what has just happened: two reads of one key may have one answer. */
  share(key: string, viewer: Viewer, read: ReadFor): Promise<string>;
}

/**
 * Many follow one thing, and are all woken by one event. Each must be told what it may see, and the house decides that; but
 * most of them are the same in all that the house looks at. One of them reads. When its answer comes, the house has said what
 * it looked at: whoever is the same in that takes the answer, and the others read again, one for all who may be alike.
 * What a house did not say it looked at, it may have looked at: then each viewer reads alone.
 */
export function openSharedReads(): SharedReads {
  const rounds = new Map<string, Round>();
  return {
    async share(key, viewer, read) {
      const round = rounds.get(key) ?? new Round();
      rounds.set(key, round);
      round.users += 1;
      try {
        return await round.answerFor(viewer, read);
      } finally {
        round.users -= 1;
        if (round.users === 0) rounds.delete(key);
      }
    },
  };
}

interface Reading {
  readonly viewer: Viewer;
  readonly done: Promise<void>;
}

interface Read {
  readonly viewer: Viewer;
  readonly text: string;
  readonly looks: Looks;
}

/** All reads of one thing after one event. */
class Round {
  users = 0;
  private readonly running = new Set<Reading>();
  private readonly landed: Read[] = [];
  /** What answers of this round were found to depend on: who differs in it does not wait for the other. */
  private readonly known = new Looks();

  async answerFor(viewer: Viewer, read: ReadFor): Promise<string> {
    for (;;) {
      const fitting = this.landed.find(other => other.looks.areAlike(other.viewer, viewer));
      if (fitting) return fitting.text;
      const ahead = [...this.running].find(other => this.known.areAlike(other.viewer, viewer));
      if (!ahead) return this.read(viewer, read);
      await ahead.done;
    }
  }

  private async read(viewer: Viewer, read: ReadFor): Promise<string> {
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const reading = { viewer, done };
    this.running.add(reading);
    try {
      const looks = new Looks();
      const text = await read(looks);
      this.known.join(looks);
      this.landed.push({ viewer, text, looks });
      return text;
    } finally {
      this.running.delete(reading);
      resolve();
    }
  }
}

/** Names of what was looked at of a viewer. */
class Looks implements Dependence {
  private readonly names = new Set<string>();
  private isAnything = false;

  add(viewerRead: string | undefined): void {
    if (viewerRead === undefined) this.isAnything = true;
    else for (const name of viewerRead.split(',').filter(given => given !== '')) this.look(name);
  }

  /** A house of a later version may look at what we do not know of. */
  private look(name: string): void {
    if (PARTS.has(name)) this.names.add(name);
    else this.isAnything = true;
  }

  join(other: Looks): void {
    this.isAnything ||= other.isAnything;
    for (const name of other.names) this.names.add(name);
  }

  areAlike(one: Viewer, other: Viewer): boolean {
    if (one === other) return true;
    if (this.isAnything) return viewerKey(one) === viewerKey(other);
    const [of, and] = [partsOf(one), partsOf(other)];
    for (const name of this.names) if (of.get(name) !== and.get(name)) return false;
    return true;
  }
}

const PARTS: ReadonlySet<string> = new Set([...Object.keys(anonymous), SIGNED_IN]);
const parts = new WeakMap<Viewer, ReadonlyMap<string, string>>();

/** Each part of a viewer as text. */
function partsOf(viewer: Viewer): ReadonlyMap<string, string> {
  let known = parts.get(viewer);
  if (!known) {
    const own = Object.entries(viewer).map(([name, value]) => [name, JSON.stringify(value)] as const);
    known = new Map([...own, [SIGNED_IN, String(isSignedIn(viewer))]]);
    parts.set(viewer, known);
  }
  return known;
}
