// What the product's own screens ask, each time about another account of 10,000.
import { Kind, parse, print, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';

const ACCOUNTS = 10_000;
const AMOUNT = 'fragment Amount on Money { amount currency }';

const OPERATIONS = [
  {
    name: 'MyPurchases',
    variables: at => ({ account: `acc_${at % ACCOUNTS}` }),
    text: `${AMOUNT} query MyPurchases($account: ID!) {
      billingAccount(id: $account) {
        id number name
        soldTo { name email }
        subscriptions(first: 20) {
          nodes {
            name status seats
            plan { sku name tier deployment }
            term { startsOn endsOn }
            autoRenew { isOn isEligible reasons }
            nextCharge { on amount { ...Amount } }
            activation { code instancesActivated }
            namespace { id path seatsInUse seatsOwed }
          }
          totalCount
        }
        invoices(first: 5) { nodes { number status dueOn total { ...Amount } balance { ...Amount } } }
      }
    }`,
  },
  {
    name: 'CustomerHealth',
    variables: at => ({ organization: `org_${at % ACCOUNTS}` }),
    text: `${AMOUNT} query CustomerHealth($organization: ID!) {
      organization(id: $organization) {
        name arr { ...Amount }
        billingAccounts {
          name
          subscriptions(first: 50) {
            nodes {
              name seats term { endsOn } autoRenew { isOn reasons }
              reconciliations { quarter status overageSeats reason }
              resalePartner { name }
            }
          }
        }
        leads(first: 10) { nodes { source status createdAt } }
      }
    }`,
  },
  {
    name: 'LicenseHealth',
    variables: at => ({ name: `A-S${at % ACCOUNTS}` }),
    text: `query LicenseHealth($name: ID!) {
      subscription(name: $name) {
        name status
        activation { code instances { id hostname version lastSyncAt } }
        licenses { id kind status seats startsOn expiresOn generatedFrom deliveries { channel recipient status } }
        seatUsage(last: 30) { on billable max seats overage }
      }
    }`,
  },
];

/** The operations, without the fields that this schema does not have. */
export function productOperations(schema) {
  return OPERATIONS.map(({ name, variables, text }) => {
    const types = new TypeInfo(schema);
    const missing = [];
    const document = visit(
      parse(text),
      visitWithTypeInfo(types, {
        Field(node) {
          if (types.getFieldDef()) return undefined;
          missing.push(node.name.value);
          return null;
        },
      }),
    );
    const used = new Set();
    visit(document, { FragmentSpread: node => void used.add(node.name.value) });
    const definitions = document.definitions.filter(node => node.kind !== Kind.FRAGMENT_DEFINITION || used.has(node.name.value));
    const whole = { ...document, definitions };
    const [fault] = validate(schema, whole);
    if (fault) throw new Error(`${name}: ${fault.message}`);
    return { name, query: print(whole), variables, missing };
  });
}
