import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ReferenceResolver } from '#kernel/auth/references';
import { canSeeAccount } from '#kernel/auth/viewer';
import { isId, type NamespaceId } from '#kernel/ids';
import { planOffers, type UpsellPlacement, upsellOffers } from '../domain/offer';
import { namespaceCopyById } from '../store/entitlements';
import { firstOf } from './bounds';
import type { LicensesContext } from './context';
import { Namespace, NamespaceEligibility, UpsellOffer, UpsellPlacementEnum } from './namespace';
import { offerableNow } from './offerable';

/** A namespace as its fields here need it; without an account nothing is known of it, and it is offered nothing. */
interface NamespaceSource {
  readonly id: NamespaceId;
  readonly isKnown: boolean;
}

const OFFERS_MAX = 10;

@Resolver(() => Namespace)
export class NamespaceResolver {
  @Directive('@shareable')
  @FieldResolver(() => NamespaceEligibility, { nullable: true, description: 'What it may have.' })
  async eligibility(@Root() source: NamespaceSource, @Ctx() ctx: LicensesContext): Promise<NamespaceEligibility> {
    const known = source.isKnown ? await offerableNow(ctx, source.id) : null;
    return { offers: known ? planOffers(known.namespace, known.products) : [] };
  }

  @FieldResolver(() => [UpsellOffer], {
    nullable: true,
    description:
      'What the product may suggest at a place, the nearest first. Empty when there is nothing that its owner could buy there and then.',
  })
  async upsellOffers(
    @Root() source: NamespaceSource,
    @Arg('placement', () => UpsellPlacementEnum, { description: 'Where it is shown.' }) placement: UpsellPlacement,
    @Arg('first', () => Int, { defaultValue: 3, description: 'How many to answer: 1 to 10.' }) first: number,
    @Ctx() ctx: LicensesContext,
  ): Promise<readonly UpsellOffer[]> {
    const known = source.isKnown ? await offerableNow(ctx, source.id) : null;
    return firstOf(known ? upsellOffers(known.namespace, known.products, placement) : [], 'first', first, OFFERS_MAX);
  }
}

/** One that has not been heard of yet is offered nothing, to whoever asks; one that has, only to those who may see its account. */
export const namespaceReference: ReferenceResolver<LicensesContext> = async ({ id }, ctx): Promise<NamespaceSource | null> => {
  if (!id || !isId('namespace', id)) return null;
  const namespace = await ctx.load(namespaceCopyById, id);
  if (!namespace) return { id, isKnown: false };
  return canSeeAccount(ctx.viewer, namespace.accountId) ? { id, isKnown: true } : null;
};
