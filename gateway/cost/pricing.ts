import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Viewer } from '#kernel/auth/viewer';
import { type Refused, refused } from '../errors';
import { budgetOf } from './budget';
import { type Cost, costOf } from './cost-of';
import { type Prices, pricesIn, rootNamesIn } from './prices';

/** A price as its caller reads it in `extensions.cost`. */
export interface PricedOperation {
  readonly requested: number;
  readonly budget: number;
  readonly left: number;
}

export interface Pricing {
  /** Takes the prices of a supergraph that came into force. */
  take(supergraphSdl: string): void;
  priceOf(document: DocumentNode, operation: OperationDefinitionNode, asked: Asked): PricedOperation;
}

interface Asked {
  readonly viewer: Viewer;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Prices operations by the supergraph in force, and remembers the price of each as long as its document is remembered. */
export function openPricing(): Pricing {
  let prices: Prices = { of: () => null };
  let roots: Readonly<Record<string, string>> = {};
  let costs = new WeakMap<OperationDefinitionNode, Cost>();
  return {
    take(supergraphSdl) {
      prices = pricesIn(supergraphSdl);
      roots = rootNamesIn(supergraphSdl);
      costs = new WeakMap();
    },
    priceOf(document, operation, { viewer, variables }) {
      const cost = costs.get(operation) ?? costOf(document, operation, roots[operation.operation] ?? 'Query', prices);
      costs.set(operation, cost);
      const requested = cost(variables);
      const budget = budgetOf(viewer);
      return { requested, budget, left: budget - requested };
    },
  };
}

/** Refuses what costs more than its caller may spend on one request, or null. */
export function overBudget({ requested, budget }: PricedOperation): Refused | null {
  if (requested <= budget) return null;
  const sentence = `The operation costs ${requested} of at most ${budget}: ask for smaller pages, or for less in each entry.`;
  return refused(400, 'COST_LIMIT', sentence, { limit: { name: 'cost', max: budget, found: requested } }).refused;
}
