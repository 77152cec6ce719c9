import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import { lineFrom } from '#kernel/text';

/** What a partner does for us. */
export const PARTNER_KINDS = ['DISTRIBUTOR', 'RESELLER', 'MSP', 'REFERRAL', 'CLOUD_MARKETPLACE'] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

/** How close we work together. */
export const PARTNER_TRACKS = ['OPEN', 'SELECT', 'TECHNOLOGY'] as const;
export type PartnerTrack = (typeof PARTNER_TRACKS)[number];

export const PARTNER_NAME_LENGTH_MAX = 200;

/** True when the partner may buy from us without a distributor: distributors and marketplaces do, and of the others those on the Select track (C1). */
export const buysDirectly = (partner: { readonly kind: PartnerKind; readonly track: PartnerTrack }): boolean =>
  partner.kind === 'DISTRIBUTOR' || partner.kind === 'CLOUD_MARKETPLACE' || partner.track === 'SELECT';

/** Decides a new partner. */
export function register(asked: { readonly name: string; readonly kind: PartnerKind; readonly track: PartnerTrack }) {
  const name = partnerName(asked.name);
  return name.ok ? accept({ name: name.value, kind: asked.kind, track: asked.track, isActive: true }) : name;
}

/** What may change in a partner. Its kind is what its relationships rest on, and stays. */
export interface PartnerChange {
  readonly name?: string | null;
  readonly track?: PartnerTrack | null;
  readonly isActive?: boolean | null;
}

/** Decides a change of a partner; what is absent stays. */
export function changePartner(
  partner: { readonly name: string; readonly track: PartnerTrack; readonly isActive: boolean },
  asked: PartnerChange,
) {
  const name = partnerName(asked.name ?? partner.name);
  return name.ok ? accept({ name: name.value, track: asked.track ?? partner.track, isActive: asked.isActive ?? partner.isActive }) : name;
}

/** A partner that is unknown or out of reach. */
export const partnerNotFound = (field = 'partnerId') => refuse('PARTNER_NOT_FOUND', 'There is no such partner.', { path: [field] });

/** A partner we no longer work with. */
export const partnerInactive = (field = 'partnerId') =>
  refuse('PARTNER_INACTIVE', 'We do not work with this partner any more.', { path: [field] });

function partnerName(text: string): Result<string, Refusal<'NAME_INVALID'>> {
  const name = lineFrom(text, PARTNER_NAME_LENGTH_MAX);
  return name ? accept(name) : refuse('NAME_INVALID', `A name has 1 to ${PARTNER_NAME_LENGTH_MAX} visible characters.`, { path: ['name'] });
}
