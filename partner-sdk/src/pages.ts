import type { PartnerClient } from './client';
import type { Operation } from './generated';

/** A page of a list, as every list of the graph answers it. */
export interface Page<Item> {
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All items of a list, page by page: `for await (const order of everyItem(client, PartnerOrders, {}, answer => answer.partnerOrders))`. */
export async function* everyItem<Result, Variables extends { readonly after?: string | null }, Item>(
  client: PartnerClient,
  operation: Operation<Result, Variables>,
  variables: Variables,
  pageOf: (result: Result) => Page<Item> | null | undefined,
): AsyncGenerator<Item, void, undefined> {
  for (let after = variables.after ?? null; ; ) {
    const page = pageOf(await client.run(operation, { ...variables, after }));
    if (!page) return;
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage || page.pageInfo.endCursor === null) return;
    after = page.pageInfo.endCursor;
  }
}
