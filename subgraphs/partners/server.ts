import { z } from 'zod';
import { defineHouse, type Route, runHouse } from '#kernel/house';
import { json } from '#kernel/serve';
import { authenticateClient } from './actions/authenticateClient';
import { handlers } from './events/handlers';
import type { PartnersEvents } from './events/published';
import { buildSchema } from './graph/schema';

const credentials = z.object({ clientId: z.string().min(1).max(200), clientSecret: z.string().min(1).max(200) });

/** For the gateway's token endpoint, in a signed call: whose client this is and what it may do, or 401. */
const authenticate: Route<PartnersEvents> = {
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

export const partners = defineHouse<PartnersEvents>({ name: 'partners', buildSchema, handlers, routes: [authenticate] });

if (require.main === module) void runHouse(partners);

function contentOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
