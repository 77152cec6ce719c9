import { AGREEMENT_KINDS, AGREEMENT_VERSIONS, acceptVersion } from './agreement';

test.each(AGREEMENT_KINDS)('every offered version of the %s can be accepted, and no other', kind => {
  for (const version of AGREEMENT_VERSIONS[kind]) expect(acceptVersion(kind, version)).toEqual({ ok: true, value: { kind, version } });
  expect(acceptVersion(kind, '1999-01')).toMatchObject({ ok: false, refusal: { code: 'AGREEMENT_VERSION_UNKNOWN', path: ['version'] } });
});
