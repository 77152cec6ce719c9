import { canSeeAccount, hasRole, isStaff, type Viewer } from '#kernel/auth/viewer';
import { isId } from '#kernel/ids';
import { accept, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { DeactivationCause } from '../domain/instance';
import { acceptReason } from '../domain/support-act';
import type { LicensesEvents } from '../events/published';
import { instanceForUpdate, saveInstance } from '../store/instances';
import type { InstanceRow } from '../store/tables';

/** Which instance gives its place back, and why. */
export interface DeactivateInstance {
  readonly instanceId: string;
  readonly reason?: string | null;
}

/**
 * Takes an instance off its code, so that another has room; its next sync is refused. Its owner, support (with a reason) and
 * the instance itself may do it. One that is deactivated already stays as it is.
 */
export async function deactivateInstance(work: Work<LicensesEvents>, viewer: Viewer, { instanceId, reason }: DeactivateInstance) {
  const instance = isId('instance', instanceId) ? await instanceForUpdate(work.tx, instanceId) : null;
  const cause = instance && causeFor(viewer, instance);
  if (!instance || !cause) return refuse('INSTANCE_NOT_FOUND', 'There is no such instance.', { path: ['instanceId'] });
  if (cause === 'SUPPORT') {
    const said = acceptReason(reason ?? '');
    if (!said.ok) return said;
    const { accountId } = instance;
    const act = {
      accountId,
      act: 'INSTANCE_DEACTIVATED',
      subject: instanceId,
      actor: work.actor,
      reason: said.value,
      ticket: null,
    } as const;
    work.announce('SupportActed.v1', { subject: instanceId, accountId }, act);
  }
  await deactivateOne(work, instance, cause);
  return accept({
    instance: { ...instance, deactivatedAt: instance.deactivatedAt ?? work.now, deactivationCause: instance.deactivationCause ?? cause },
  });
}

function causeFor(viewer: Viewer, { accountId, identifier }: InstanceRow): DeactivationCause | null {
  if (hasRole(viewer, 'INSTANCE')) return viewer.instanceIdentifier === identifier ? 'ITSELF' : null;
  if (!canSeeAccount(viewer, accountId)) return null;
  return isStaff(viewer) ? 'SUPPORT' : 'OWNER';
}

/** Deactivates an instance and tells the neighbours; once. */
export async function deactivateOne(work: Work<LicensesEvents>, instance: InstanceRow, cause: DeactivationCause): Promise<void> {
  if (instance.deactivatedAt) return;
  const { accountId, activationId, id: instanceId } = instance;
  await saveInstance(work.tx, instance, { deactivatedAt: work.now, deactivatedBy: work.actor, deactivationCause: cause });
  work.announce('InstanceDeactivated.v1', { subject: instanceId, accountId }, { accountId, activationId, instanceId, cause });
}
