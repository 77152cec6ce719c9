#!/usr/bin/env node
/**
 * Verifies a licence with the public keys alone, offline, as any instance can: plain Node, nothing of this repository.
 *
 *   node scripts/verify-license.mjs --keys license-keys.json --license license.txt
 *
 * `--keys` is a file with the answer of GET /.well-known/license-keys, or its address; `--license` is a file with the
 * licence, or the licence itself. `--users 110` asks too whether a file fits an instance of so many users. Prints what the licence says and ends with 0, or says why not and ends with 1. The
 * format is described byte by byte in docs/license-format.md.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const KINDS = ['ONLINE_CLOUD', 'OFFLINE_CLOUD', 'LEGACY_FILE'];
const HEADER_BYTES = 14;
const FIXED_PAYLOAD_BYTES = 38;
const SIGNATURE_BYTES = 64;

/** What a licence says. Throws, with the reason, unless one of the keys has signed exactly this text. */
export function readLicense(text, publicKeys) {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new Error('The licence is not base64url, or not in its one form.');
  if (bytes.length < HEADER_BYTES + FIXED_PAYLOAD_BYTES + SIGNATURE_BYTES) throw new Error('The licence is too short.');
  if (bytes.subarray(0, 4).toString('latin1') !== 'PGL1') throw new Error('The licence is not of the format PGL1.');
  const payloadBytes = bytes.readUInt16BE(12);
  if (bytes.length !== HEADER_BYTES + payloadBytes + SIGNATURE_BYTES) throw new Error('The length of the licence does not add up.');

  const keyId = bytes.toString('hex', 4, 12);
  const key = publicKeys.map(keyOf).find(candidate => candidate.keyId === keyId);
  if (!key) throw new Error(`The licence was signed with the key ${keyId}, which is not among those given.`);
  const signed = bytes.subarray(0, HEADER_BYTES + payloadBytes);
  if (!verify(null, signed, key.publicKey, bytes.subarray(signed.length))) throw new Error('The signature does not hold.');
  return { keyId, ...contentOf(bytes.subarray(HEADER_BYTES, signed.length)) };
}

/** A key's name is derived from the key, and never believed. */
function keyOf({ publicKey }) {
  const raw = Buffer.from(publicKey, 'base64url');
  return {
    keyId: createHash('sha256').update(raw).digest('hex').slice(0, 16),
    publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' }),
  };
}

function contentOf(payload) {
  const [subscriptionName, plan, companyName] = textsOf(payload.subarray(FIXED_PAYLOAD_BYTES));
  return {
    licenseId: `lic_${payload.toString('hex', 0, 16)}`,
    kind: KINDS[payload.readUInt8(16) - 1] ?? 'UNKNOWN',
    graceDays: payload.readUInt8(17),
    seats: payload.readUInt32BE(18),
    startsOn: dayOf(payload.readUInt32BE(22)),
    expiresOn: dayOf(payload.readUInt32BE(26)),
    issuedAt: new Date(Number(payload.readBigUInt64BE(30))).toISOString(),
    subscriptionName,
    plan,
    companyName,
  };
}

function textsOf(bytes) {
  const texts = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = offset + 1 + bytes[offset];
    texts.push(bytes.toString('utf8', offset + 1, end));
    offset = end;
  }
  return texts;
}

/** L5: a file tolerates 10 % more users at installation; online licences do not ask. */
const fits = ({ kind, seats }, users) => kind === 'ONLINE_CLOUD' || users * 10 <= seats * 11;
const dayOf = days => new Date(days * 86_400_000).toISOString().slice(0, 10);
const textFrom = source => (existsSync(source) ? readFileSync(source, 'utf8') : source).trim();

async function keysFrom(source) {
  const text = /^https?:\/\//.test(source) ? await (await fetch(source)).text() : readFileSync(source, 'utf8');
  return JSON.parse(text).keys;
}

async function main() {
  const { values } = parseArgs({ options: { keys: { type: 'string' }, license: { type: 'string' }, users: { type: 'string' } } });
  if (!values.keys || !values.license)
    throw new Error('Usage: node scripts/verify-license.mjs --keys <file or address> --license <file or text>');
  const license = readLicense(textFrom(values.license), await keysFrom(values.keys));
  console.log(JSON.stringify(license, null, 2));
  if (values.users && !fits(license, Number(values.users)))
    throw new Error(
      `The file does not fit ${values.users} users: at most ${Math.floor((license.seats * 11) / 10)} with ${license.seats} seats.`,
    );
}

if (process.argv[1]?.endsWith('verify-license.mjs')) {
  main().catch(fault => {
    console.error(fault.message);
    process.exitCode = 1;
  });
}
