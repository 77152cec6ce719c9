import type { Viewer } from '#kernel/auth/viewer';

const keys = new WeakMap<Viewer, string>();

/** Everything that a house learns of the viewer, as one text: two tokens of one person may allow different things. */
export function viewerKey(viewer: Viewer): string {
  let key = keys.get(viewer);
  if (key === undefined) {
    key = JSON.stringify(viewer);
    keys.set(viewer, key);
  }
  return key;
}
