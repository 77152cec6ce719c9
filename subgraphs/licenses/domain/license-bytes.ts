import { idFromUuid, type LicenseId, uuidOf } from '#kernel/ids';
import { addDays, day, daysBetween, type Instant, type PlainDate } from '#kernel/time';
import { LICENSE_KINDS, type LicenseKind, type LicenseTerms } from './license';

/** What a signed licence says. The end customer's name, and never a reseller's. */
export interface LicenseContent extends LicenseTerms {
  readonly licenseId: LicenseId;
  readonly kind: LicenseKind;
  readonly subscriptionName: string;
  readonly companyName: string;
  readonly issuedAt: Instant;
}

/** L10: makes the text that an instance is given from what a licence says; how it is signed is a port's concern. */
export type SignLicense = (content: LicenseContent) => string;

/** A licence taken apart: what its signature covers, and what the licence says once the signature holds. */
export interface LicenseParts {
  readonly keyId: string;
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly payload: Uint8Array;
}

/** The first four bytes of each licence: `PGL` and the version of the format. */
const MAGIC = [0x50, 0x47, 0x4c, 0x31] as const;
const KEY_ID_BYTES = 8;
const HEADER_BYTES = 14;
/** Bytes of an Ed25519 signature. */
export const SIGNATURE_BYTES = 64;
const FIXED_PAYLOAD_BYTES = 38;
const EPOCH = day('1970-01-01');
/** Longest texts, in bytes of UTF-8; a longer company name is cut at a whole character. */
const TEXT_BYTES_MAX = 255;

/** L10: the bytes to be signed: magic, key id, the payload's length and the payload. `docs/license-format.md` draws them. */
export function bytesToSign(content: LicenseContent, keyId: string): Uint8Array {
  const payload = payloadOf(content);
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  bytes.set(MAGIC, 0);
  bytes.set(fromHex(keyId).subarray(0, KEY_ID_BYTES), 4);
  new DataView(bytes.buffer).setUint16(12, payload.length);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Takes a licence apart, or answers null when the bytes are none: wrong magic, a length that does not add up. */
export function partsOf(bytes: Uint8Array): LicenseParts | null {
  if (bytes.length < HEADER_BYTES + FIXED_PAYLOAD_BYTES + SIGNATURE_BYTES) return null;
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) return null;
  const payloadBytes = viewOf(bytes).getUint16(12);
  if (bytes.length !== HEADER_BYTES + payloadBytes + SIGNATURE_BYTES) return null;
  return {
    keyId: toHex(bytes.subarray(4, 4 + KEY_ID_BYTES)),
    signedBytes: bytes.subarray(0, HEADER_BYTES + payloadBytes),
    signature: bytes.subarray(HEADER_BYTES + payloadBytes),
    payload: bytes.subarray(HEADER_BYTES, HEADER_BYTES + payloadBytes),
  };
}

/** What a payload says, or null when it is malformed. Only trustworthy when the signature over it holds. */
export function contentOf(payload: Uint8Array): LicenseContent | null {
  const view = viewOf(payload);
  const kind = LICENSE_KINDS[view.getUint8(16) - 1];
  const texts = textsOf(payload.subarray(FIXED_PAYLOAD_BYTES));
  if (!kind || !texts) return null;
  const [subscriptionName, plan, companyName] = texts;
  return {
    licenseId: idFromUuid('license', toHex(payload.subarray(0, 16))),
    kind,
    graceDays: view.getUint8(17),
    seats: view.getUint32(18),
    startsOn: dayAt(view.getUint32(22)),
    expiresOn: dayAt(view.getUint32(26)),
    issuedAt: new Date(Number(view.getBigUint64(30))),
    subscriptionName,
    plan,
    companyName,
  };
}

function payloadOf(content: LicenseContent): Uint8Array {
  const texts = [content.subscriptionName, content.plan, content.companyName].map(boundedText);
  const bytes = new Uint8Array(texts.reduce((size, text) => size + 1 + text.length, FIXED_PAYLOAD_BYTES));
  const view = viewOf(bytes);
  bytes.set(fromHex(uuidOf(content.licenseId).replaceAll('-', '')), 0);
  view.setUint8(16, LICENSE_KINDS.indexOf(content.kind) + 1);
  view.setUint8(17, content.graceDays);
  view.setUint32(18, content.seats);
  view.setUint32(22, daysBetween(EPOCH, content.startsOn));
  view.setUint32(26, daysBetween(EPOCH, content.expiresOn));
  view.setBigUint64(30, BigInt(content.issuedAt.getTime()));
  let offset = FIXED_PAYLOAD_BYTES;
  for (const text of texts) {
    bytes[offset] = text.length;
    bytes.set(text, offset + 1);
    offset += 1 + text.length;
  }
  return bytes;
}

/** Three texts, each behind a byte of its length, and nothing after the third. */
function textsOf(bytes: Uint8Array): readonly [string, string, string] | null {
  const texts: string[] = [];
  let offset = 0;
  while (texts.length < 3) {
    const length = bytes[offset];
    if (length === undefined || offset + 1 + length > bytes.length) return null;
    const text = textOf(bytes.subarray(offset + 1, offset + 1 + length));
    if (text === null) return null;
    texts.push(text);
    offset += 1 + length;
  }
  const [first, second, third] = texts;
  return offset === bytes.length && first !== undefined && second !== undefined && third !== undefined ? [first, second, third] : null;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function boundedText(text: string): Uint8Array {
  const bytes = new Uint8Array(TEXT_BYTES_MAX);
  return bytes.subarray(0, new TextEncoder().encodeInto(text, bytes).written);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const dayAt = (days: number): PlainDate => addDays(EPOCH, Math.min(days, 100_000));
const toHex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
