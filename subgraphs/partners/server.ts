import { z } from 'zod';
import { defineHouse, type Route, runHouse } from '#kernel/house';
import { json } from '#kernel/serve';
import { authenticateClient } from './actions/authenticateClient';
import { revokeToken } from './actions/revoke-token';
import { handlers } from './events/handlers';
import { jobs, type PartnersServices } from './events/jobs';
import type { PartnersEvents } from './events/published';
import { buildSchema } from './graph/schema';
import { openWebhookSender } from './ports/webhook-sender';

const credentials = z.object({ clientId: z.string().min(1).max(200), clientSecret: z.string().min(1).max(200) });

/** For the gateway's token endpoint, in a signed call: whose client this is and what it may do, or 401. */
const authenticate: Route<PartnersEvents, PartnersServices> = {
  method: 'POST',
  path: '/clients/authenticate',
  handle: async (request, ctx) => {
    if (!ctx.viewer.roles.includes('SERVICE')) return json(403, { message: 'Only our own services ask this.' });
    const asked = credentials.safeParse(contentOf(request.body));
    if (!asked.success) return json(401, { message: 'The client is unknown, or its secret is not valid.' });
    const write = { operation: 'authenticateClient', key: null, request: {} };
    const result = await ctx.write(write, work => authenticateClient(work, asked.data));
    return result.ok ? json(200, result.value) : json(401, { message: result.refusal.message });
  },
};

const revocable = z.object({ clientId: z.string().min(1).max(200), tokenId: z.string().min(1).max(200), expiresAt: z.iso.datetime() });

/** For the gateway's revocation endpoint, in a signed call: this token is believed no longer. */
const revoke: Route<PartnersEvents, PartnersServices> = {
  method: 'POST',
  path: '/tokens/revoke',
  handle: async (request, ctx) => {
    if (!ctx.viewer.roles.includes('SERVICE')) return json(403, { message: 'Only our own services ask this.' });
    const asked = revocable.safeParse(contentOf(request.body));
    if (!asked.success) return json(400, { message: 'A client and a token are named.' });
    await ctx.write({ operation: 'revokeToken', key: null, request: {} }, work => revokeToken(work, asked.data));
    return json(200, {});
  },
};

export const partners = defineHouse<PartnersEvents, PartnersServices>({
  name: 'partners',
  buildSchema,
  handlers,
  jobs,
  services: surroundings => ({ sender: openWebhookSender(surroundings) }),
  routes: [authenticate, revoke],
});

if (require.main === module) void runHouse(partners);

function contentOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
