/** The acts that the audit trail names: one for each mutation, and those of support on what other houses keep. */
export const AUDIT_ACTIONS = [
  'ORGANIZATION_CREATED',
  'ORGANIZATION_UPDATED',
  'BILLING_ACCOUNT_CREATED',
  'BILLING_ACCOUNT_UPDATED',
  'CONTACT_CHANGED',
  'HOLD_PLACED',
  'HOLD_RELEASED',
  'MEMBER_ADDED',
  'MEMBER_ROLE_CHANGED',
  'MEMBER_REMOVED',
  'MEMBER_INVITED',
  'INVITATION_ACCEPTED',
  'INVITATION_REVOKED',
  'AGREEMENT_ACCEPTED',
  'LEAD_CLOSED',
  'LEAD_REPLAYED',
  'LICENSE_ISSUED',
  'LICENSE_REVOKED',
  'LICENSE_RESENT',
  'INSTANCE_DEACTIVATED',
  'NAMESPACE_TRANSFERRED',
  'TEMPORARY_EXTENSION_GRANTED',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * The names of the fields that differ. The trail keeps names and no values: it outlives the personal data that an
 * erasure takes away.
 */
export function fieldsChanged<Row extends object>(before: Row, change: Partial<Row>): readonly string[] {
  const was = new Map(Object.entries(before));
  return Object.entries(change)
    .filter(([field, value]) => value !== was.get(field))
    .map(([field]) => field);
}
