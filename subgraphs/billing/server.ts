import { z } from 'zod';
import { readConfig } from '#kernel/config';
import { defineHouse, runHouse } from '#kernel/house';
import { handlers } from './events/handlers';
import { jobs } from './events/jobs';
import type { BillingEvents } from './events/published';
import { buildSchema } from './graph/schema';
import { developmentProvider } from './ports/development-provider';
import type { BillingServices } from './ports/services';
import { providerBooks } from './store/provider-records';

const SETTINGS = {
  PAYMENT_PROVIDER: z.enum(['development', 'development_yes_in_production']).default('development'),
  PAYMENT_PROVIDER_DEADLINE_MS: z.coerce.number().int().min(50).max(60_000).default(5_000),
};

export const billing = defineHouse<BillingEvents, BillingServices>({
  name: 'billing',
  buildSchema,
  handlers,
  jobs,
  services: ({ environment, variables, database }) => {
    const settings = readConfig(SETTINGS, variables);
    // A shop that takes play money must have said so: no deployment sells for it by accident.
    if (environment === 'production' && settings.PAYMENT_PROVIDER !== 'development_yes_in_production') {
      throw new Error('PAYMENT_PROVIDER is the development provider, which charges nobody. Configure a real one.');
    }
    return {
      paymentProvider: developmentProvider(providerBooks(() => database.orm)),
      providerDeadlineMs: settings.PAYMENT_PROVIDER_DEADLINE_MS,
    };
  },
});

if (require.main === module) void runHouse(billing);
