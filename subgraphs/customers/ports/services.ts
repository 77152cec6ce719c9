import { z } from 'zod';
import { readConfig } from '#kernel/config';
import type { Surroundings } from '#kernel/house';
import { type Crm, crmInto, noCrm } from './crm';

const SHAPE = {
  CRM: z.enum(['none', 'development', 'development_yes_in_production']).optional(),
  CRM_DIR: z.string().min(1).default('.data/crm'),
};

/** What customers need of the world outside. */
export interface CustomersServices {
  readonly crm: Crm;
}

/** Reads the configuration of the ports. The CRM of development keeps leads as files: in production only when it is said so. */
export function servicesFrom({ environment, variables }: Pick<Surroundings, 'environment' | 'variables'>): CustomersServices {
  const { CRM, CRM_DIR } = readConfig(SHAPE, variables);
  const isProduction = environment === 'production';
  const isKept = isProduction ? CRM === 'development_yes_in_production' : CRM !== 'none';
  return { crm: isKept ? crmInto(CRM_DIR) : noCrm };
}
