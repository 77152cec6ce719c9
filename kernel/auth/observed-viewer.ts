import { type Viewer, withSignedIn } from './viewer';

/** The header in which a house says what it looked at of its viewer: names, separated by commas. */
export const VIEWER_READ_HEADER = 'x-viewer-read';

/** Not a part of the viewer, but all that is asked of most: whether it is anybody. */
export const SIGNED_IN = 'signedIn';

/** A viewer, and what was looked at of it so far. */
export interface ObservedViewer {
  readonly viewer: Viewer;
  read(): readonly string[];
}

/**
 * The same viewer, but it is noticed what is looked at. An answer that looked at nothing but the roles and the accounts is
 * the same for all who have these roles and these accounts: whoever asked need not ask again for each of them.
 */
export function observe(viewer: Viewer): ObservedViewer {
  const read = new Set<string>();
  const noticed = Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(viewer).map(([name, value]) => [
        name,
        {
          enumerable: true,
          get() {
            read.add(name);
            return value;
          },
        },
      ]),
    ),
  ) as Viewer;
  return { viewer: withSignedIn(noticed, viewer, () => read.add(SIGNED_IN)), read: () => [...read] };
}
