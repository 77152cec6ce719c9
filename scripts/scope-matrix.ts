import type { Permissions } from '../kernel/auth/rules';
import { PARTNER_SCOPES } from '../subgraphs/partners/domain/client';
import { admitsPartner } from './partner-fields';

/**
 * Which question and which mutation a partner's system may send with a token of each scope alone, and of none: what the rules
 * themselves answer. Whose the thing is, is asked for again by the house that owns it.
 */
export async function scopeMatrix(permissionsByHouse: Readonly<Record<string, Permissions>>): Promise<string> {
  const columns = ['none', ...PARTNER_SCOPES];
  const rows: string[] = [];
  for (const [house, permissions] of Object.entries(permissionsByHouse)) {
    for (const root of ['Query', 'Mutation'] as const) {
      for (const field of Object.keys(permissions[root] ?? {}).toSorted()) {
        const admitted = await Promise.all(columns.map(scope => admitsPartner(permissions, root, field, scope === 'none' ? [] : [scope])));
        if (admitted.includes(true)) rows.push(`| ${house} | ${root}.${field} | ${admitted.map(yes => (yes ? 'yes' : '')).join(' | ')} |`);
      }
    }
  }
  return [`| house | operation | ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length + 2)}`, ...rows, ''].join('\n');
}
