/** GraphQL over HTTP, as those who write the specification check it: every audit, none with a warning. */
import { type AuditResult, serverAudits } from 'graphql-http';
import { openPlatform, type Platform } from './platform';

let platform: Platform;
let authorization: string;
beforeAll(async () => {
  platform = await openPlatform();
  authorization = `Bearer ${await platform.mint({ sub: 'usr_1', roles: ['BUYER'] })}`;
});
afterAll(() => platform.close());

/** Audits ask about the schema, which strangers may not, and by GET, which needs a header that no foreign page can set. */
const signedIn = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { ...init.headers, authorization, 'apollo-require-preflight': 'audit' } });

const audits = serverAudits({ url: () => `${platform.gateway.url}/graphql`, fetchFn: signedIn });

test.each(audits.map(audit => [audit.id, audit.name, audit] as const))('%s %s', async (_id, _name, audit) => {
  const result: AuditResult = await audit.fn();
  expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
});
