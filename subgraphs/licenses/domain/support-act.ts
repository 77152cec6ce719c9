import { accept, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';

/** The acts of support on licences and instances that are kept with who did them and why. */
export const SUPPORT_ACTS = ['LICENSE_ISSUED', 'LICENSE_REVOKED', 'LICENSE_RESENT', 'INSTANCE_DEACTIVATED'] as const;
export type SupportAct = (typeof SUPPORT_ACTS)[number];

const REASON_LENGTH_MAX = 500;
const TICKET_LENGTH_MAX = 64;

/** Decides whether an act says why it was done. Refuses an empty, overlong or invisible reason. */
export function acceptReason(text: string) {
  const reason = lineFrom(text, REASON_LENGTH_MAX);
  return reason === null
    ? refuse('REASON_INVALID', `Say why, in 1 to ${REASON_LENGTH_MAX} visible characters on one line.`, { path: ['reason'] })
    : accept(reason);
}

/** Decides whether an act names the ticket it was done for. */
export function acceptTicket(text: string) {
  const ticket = lineFrom(text, TICKET_LENGTH_MAX);
  return ticket === null
    ? refuse('TICKET_INVALID', `Name the ticket, in 1 to ${TICKET_LENGTH_MAX} visible characters.`, { path: ['ticket'] })
    : accept(ticket);
}
