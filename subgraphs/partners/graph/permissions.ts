import { both, either, open, type Permissions, roles, scope } from '#kernel/auth/rules';
import type { PartnerScope } from '../domain/client';

const reader = roles('OPERATOR', 'SALES', 'SUPPORT', 'FINANCE', 'PARTNER');
const manager = roles('OPERATOR', 'SALES');
/** A partner's system whose token was given this scope. */
const scoped = (wanted: PartnerScope) => both(roles('PARTNER'), scope(wanted));
const orderStaff = roles('OPERATOR', 'SALES', 'SUPPORT', 'FINANCE');

/** A partner's system reads its own partner; staff read all; who manages the channel changes them. Margins are for finance alone. */
export const permissions = {
  Query: {
    partner: reader,
    partners: reader,
    myPartner: roles('PARTNER'),
    marginSchedules: roles('OPERATOR', 'FINANCE'),
    partnerOrder: scoped('marketplace.order:read'),
    partnerOrders: either(orderStaff, scoped('marketplace.order:read')),
    bulkOrder: scoped('marketplace.order:read'),
    bulkOrders: scoped('marketplace.order:read'),
    partnerOffers: scoped('marketplace.catalog:read'),
    partnerRenewals: scoped('customer:read'),
    partnerLicenseStatus: scoped('license:status'),
    statusWebhooks: scoped('webhook:write'),
    dealRegistrations: either(orderStaff, scoped('dealreg:read')),
  },
  Mutation: {
    createPartner: manager,
    updatePartner: manager,
    createRelationship: manager,
    endRelationship: manager,
    createPartnerClient: manager,
    rotatePartnerClientSecret: manager,
    restrictPartnerClient: manager,
    revokePartnerClient: manager,
    signPartnerAgreement: manager,
    setMarginSchedule: roles('OPERATOR', 'FINANCE'),
    placePartnerOrder: scoped('marketplace.order:create'),
    uploadBulkOrder: scoped('marketplace.order:create'),
    addPartnerSeats: scoped('marketplace.order:create'),
    renewPartnerSubscription: scoped('marketplace.order:create'),
    cancelPartnerSubscription: scoped('marketplace.order:create'),
    confirmEndUserTerms: scoped('marketplace.order:create'),
    registerDeal: scoped('dealreg:write'),
    extendDealRegistration: scoped('dealreg:write'),
    setStatusWebhook: scoped('webhook:write'),
    removeStatusWebhook: scoped('webhook:write'),
    testStatusWebhook: scoped('webhook:write'),
    redeliverWebhook: scoped('webhook:write'),
    decideDealRegistration: manager,
  },
  Partner: { '*': open },
  PartnerAgreement: { '*': open },
  Relationship: { '*': open },
  PartnerClient: { '*': open },
  MarginSchedule: { '*': open },
  PartnerOrder: { '*': open, waterfall: roles('OPERATOR', 'FINANCE') },
  BulkOrder: { '*': open },
  BulkOrderCounts: { '*': open },
  BulkOrderLine: { '*': open },
  PartnerOrderLine: { '*': open },
  PartnerOrderStatusEntry: { '*': open },
  PartnerEndCustomer: { '*': open },
  PartnerInvoice: { '*': open },
  PriceWaterfall: { '*': open },
  PartnerOffer: { '*': open },
  PartnerRenewal: { '*': open },
  PartnerLicenseStatus: { '*': open },
  DealRegistration: { '*': open },
  StatusWebhook: { '*': open },
  WebhookDelivery: { '*': open },
} satisfies Permissions;
