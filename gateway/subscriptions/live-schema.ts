import { extendSchema, type GraphQLSchema, parse } from 'graphql';

/**
 * What can be followed. Houses cannot offer it, since a federated graph has no such root; the gateway owns it, and the
 * type is not called Subscription because that is what customers buy.
 */
export const LIVE_SDL = `
extend schema { subscription: LiveUpdates }

"""
What can be followed as it happens, as server-sent events. A broken connection goes on where it ended.
"""
type LiveUpdates {
  """
  An order as it is now, and again each time that something has happened to it.
  """
  orderUpdated(
    """
    The global id of the order.
    """
    id: ID!
  ): Order
  """
  What happens on a billing account, whichever part of the product it happens in.
  """
  accountEvents(
    """
    The global id of the account.
    """
    account: ID!
  ): AccountEvent
}

"""
Something that has happened on a billing account.
"""
type AccountEvent {
  """
  The id of the event: the same whenever it is told.
  """
  id: ID!
  """
  What has happened, in the past tense: \`OrderAccepted\`.
  """
  kind: String!
  """
  The part of the product that tells it.
  """
  house: String!
  """
  The global id of what it happened to.
  """
  subject: ID!
  """
  When it happened.
  """
  at: DateTime!
  """
  Ties together everything that follows from one request.
  """
  correlationId: String!
}
`;

/** The root queries by which a follower's right to see is decided, and an order is read. */
const NEEDED = ['order', 'billingAccount'];

/** The graph with what can be followed in it, or null for a graph that has no orders and accounts. */
export function withLiveUpdates(apiSchema: GraphQLSchema): GraphQLSchema | null {
  const fields = apiSchema.getQueryType()?.getFields() ?? {};
  const isWhole = NEEDED.every(name => fields[name]) && apiSchema.getType('Order') && apiSchema.getType('DateTime');
  if (!isWhole || apiSchema.getSubscriptionType()) return null;
  return extendSchema(apiSchema, LIVE);
}

const LIVE = parse(LIVE_SDL, { noLocation: true });
