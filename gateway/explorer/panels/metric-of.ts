/** The metric that a field of the root tells, by its name: `arrMovements` tells `arr-movements`, `mrrRollforward` tells `mrr`. */
export function metricOf(field: string, metricIds: readonly string[]): string | undefined {
  const kebab = field.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return metricIds.filter(id => kebab === id || kebab.startsWith(`${id}-`)).toSorted((one, other) => other.length - one.length)[0];
}
