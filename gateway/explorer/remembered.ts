const NAME_BY_PREFIX: Readonly<Record<string, string>> = { ord: 'order', lic: 'license' };
const DEPTH_MAX = 8;

/** Ids that an answer mentioned: the order that was just placed is the one to follow next. */
export function idsIn(value: unknown, depth = 0): Readonly<Record<string, string>> {
  if (typeof value === 'string') {
    const name = NAME_BY_PREFIX[/^([a-z]{3})_[0-9a-f]{32}$/.exec(value)?.[1] ?? ''];
    return name ? { [name]: value } : {};
  }
  if (typeof value !== 'object' || value === null || depth > DEPTH_MAX) return {};
  return Object.assign({}, ...Object.values(value).map(part => idsIn(part, depth + 1)));
}
