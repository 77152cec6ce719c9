import { open, type Permissions, roles } from '#kernel/auth/rules';

const reader = roles('OPERATOR', 'SALES', 'SUPPORT', 'FINANCE', 'PARTNER');
const manager = roles('OPERATOR', 'SALES');

/** A partner's system reads its own partner; staff read all; who manages the channel changes them. */
export const permissions = {
  Query: { partner: reader, partners: reader, myPartner: roles('PARTNER') },
  Mutation: {
    createPartner: manager,
    updatePartner: manager,
    createRelationship: manager,
    endRelationship: manager,
    createPartnerClient: manager,
    rotatePartnerClientSecret: manager,
    revokePartnerClient: manager,
  },
  Partner: { '*': open },
  Relationship: { '*': open },
  PartnerClient: { '*': open },
} satisfies Permissions;
