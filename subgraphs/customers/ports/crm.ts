import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeliveredLead } from '../domain/lead';

/** Where sales keeps its leads. */
export interface Crm {
  /** Keeps a lead under its id, also one that it has already, and answers the name it has there. Throws when it cannot. */
  putLead(lead: DeliveredLead): Promise<{ readonly reference: string }>;
}

/** Where no CRM is connected, leads wait in the inbox, and say so. */
export const noCrm: Crm = { putLead: () => Promise.reject(new Error('No CRM is connected.')) };

/** A CRM for development: each lead is a file of its id, and the same lead the same file. */
export const crmInto = (directory: string): Crm => ({
  putLead: async lead => {
    await mkdir(directory, { recursive: true });
    const path = join(directory, `${lead.id}.json`);
    // Written beside and moved, so that nobody reads half a lead.
    await writeFile(`${path}.part`, `${JSON.stringify(lead, null, 2)}\n`);
    await rename(`${path}.part`, path);
    return { reference: `file:${lead.id}` };
  },
});
