import { idFromUuid } from '#kernel/ids';
import { day } from '#kernel/time';
import { bytesToSign, contentOf, type LicenseContent, partsOf, SIGNATURE_BYTES } from './license-bytes';

const content: LicenseContent = {
  licenseId: idFromUuid('license', '0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b'),
  kind: 'ONLINE_CLOUD',
  graceDays: 14,
  seats: 250,
  startsOn: day('2026-02-28'),
  expiresOn: day('2027-02-28'),
  issuedAt: new Date('2026-02-28T10:11:12.345Z'),
  subscriptionName: 'A-S00012345',
  plan: 'ULTIMATE',
  companyName: 'Bäckerei Øst & Söhne',
};
const signed = (of: LicenseContent) =>
  Uint8Array.from([...bytesToSign(of, '0123456789abcdef'), ...new Uint8Array(SIGNATURE_BYTES).fill(7)]);

test('what is written into a licence is read out of it again', () => {
  const parts = partsOf(signed(content));
  expect(parts?.keyId).toBe('0123456789abcdef');
  expect(contentOf(parts?.payload ?? new Uint8Array(64))).toEqual(content);
});

test('the bytes are those of the published format', () => {
  const bytes = bytesToSign(content, '0123456789abcdef');
  expect(Buffer.from(bytes.subarray(0, 52)).toString('hex')).toBe(
    [
      '50474c31', // PGL1
      '0123456789abcdef', // key id
      '0053', // a payload of 83 bytes: 38 + 1 + 11 + 1 + 8 + 1 + 23, for ä, Ø and ö take two bytes each
      '0190a1b2c3d47e5f8a6b7c8d9e0f1a2b', // licence id
      '01', // online cloud
      '0e', // 14 days of grace
      '000000fa', // 250 seats
      '00005020', // 2026-02-28 is day 20,512
      '0000518d', // 2027-02-28 is day 20,877, 365 later
      '0000019ca3bb1359', // 2026-02-28T10:11:12.345Z in milliseconds
    ].join(''),
  );
});

test('a company name that is too long is cut at a whole character', () => {
  const parts = partsOf(signed({ ...content, companyName: 'ø'.repeat(200) }));
  expect(contentOf(parts?.payload ?? new Uint8Array(64))?.companyName).toBe('ø'.repeat(127)); // 254 of 255 bytes
});

test.each([0, 1, 51, 115])('%i bytes are no licence', length => {
  expect(partsOf(signed(content).subarray(0, length))).toBeNull();
});

test('a licence of another format, or with bytes to spare, is none', () => {
  const bytes = signed(content);
  expect(partsOf(Uint8Array.from([...bytes, 0]))).toBeNull();
  bytes[3] = 0x32;
  expect(partsOf(bytes)).toBeNull();
});
