import { defineHouse, runHouse } from '#kernel/house';
import { handlers } from './events/handlers';
import type { ReportsEvents } from './events/published';
import { buildSchema } from './graph/schema';

export const reports = defineHouse<ReportsEvents>({ name: 'reports', buildSchema, handlers });

if (require.main === module) void runHouse(reports);
