import { hash } from 'node:crypto';
import type { Viewer } from '#kernel/auth/viewer';

const keys = new WeakMap<Viewer, string>();

/**
 * Stands for everything that a house learns of the viewer: two tokens of one person may allow different things. It is a
 * hash, because it becomes part of other keys on every request.
 */
export function viewerKey(viewer: Viewer): string {
  let key = keys.get(viewer);
  if (key === undefined) {
    key = hash('sha256', JSON.stringify(viewer), 'base64url');
    keys.set(viewer, key);
  }
  return key;
}
