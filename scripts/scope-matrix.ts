import type { Permissions } from '../kernel/auth/rules';
import { anonymous } from '../kernel/auth/viewer';
import type { PartnerId } from '../kernel/ids';
import { PARTNER_SCOPES } from '../subgraphs/partners/domain/client';

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
        const admitted = await Promise.all(columns.map(scope => isAdmitted(permissions, root, field, scope)));
        if (admitted.includes(true)) rows.push(`| ${house} | ${root}.${field} | ${admitted.map(yes => (yes ? 'yes' : '')).join(' | ')} |`);
      }
    }
  }
  return [`| house | operation | ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length + 2)}`, ...rows, ''].join('\n');
}

async function isAdmitted(permissions: Permissions, root: string, field: string, scope: string): Promise<boolean> {
  const rule = permissions[root]?.[field];
  const partner = { ...anonymous, subject: 'partner:pcl_1', roles: ['PARTNER' as const], partnerId: PARTNER, clientId: 'pcl_1' };
  const viewer = { ...partner, scopes: scope === 'none' ? [] : [scope] };
  const asked = { viewer, args: {}, parent: undefined, info: undefined } as unknown as Parameters<NonNullable<typeof rule>['admits']>[0];
  return rule ? rule.admits(asked) : false;
}

const PARTNER = `par_${'0'.repeat(32)}` as PartnerId;
