import type { Work } from '#kernel/work';
import type { LicensesEvents } from '../events/published';
import { saveNamespaceCopy } from '../store/entitlements';
import type { NamespaceCopy } from '../store/tables';

/** Keeps whose a namespace is. */
export const copyNamespace = (work: Work<LicensesEvents>, namespace: NamespaceCopy): Promise<void> => saveNamespaceCopy(work.tx, namespace);
