import type { NamespaceId } from '#kernel/ids';
import { moneyOf } from '#kernel/money';
import { day, dayOf, type PlainDate } from '#kernel/time';
import { computeOn } from '../domain/compute';
import { entitledOn, versionsOn } from '../domain/entitlement';
import type { OfferedProduct, Sellable } from '../domain/offer';
import type { Offerable } from '../ports/offer-cache';
import { accountCopyOf } from '../store/accounts';
import { minutesOf, namespaceCopyById, standingOf } from '../store/entitlements';
import { measurementByNamespace, productsOfferedOn, resoldAmong } from '../store/offers';
import { subscriptionById } from '../store/subscriptions';
import type { LicensesContext } from './context';

/** Holds on which nothing is offered; others ask for a purchase order and no more. */
const CLOSING_HOLDS: readonly string[] = ['CREDIT_HOLD', 'SUPPORT_HOLD'];

/** All that offers for a namespace are decided from, as it was a moment ago; null while its account is not known. */
export const offerableNow = (ctx: LicensesContext, id: NamespaceId): Promise<Offerable | null> => {
  const today = dayOf(ctx.now);
  return ctx.services.offers.of(`${id}/${today}`, () => find(ctx, id, today));
};

async function find(ctx: LicensesContext, id: NamespaceId, today: PlainDate): Promise<Offerable | null> {
  const namespace = await ctx.load(namespaceCopyById, id);
  const [account, listed, standing, measured] = await Promise.all([
    namespace && accountCopyOf(ctx.db, namespace.accountId),
    productsOfferedOn(ctx.db, today),
    standingOf(ctx.db, id),
    ctx.load(measurementByNamespace, id),
  ]);
  if (!account?.currency) return null;
  const { versions } = standing;
  const days = await minutesOf(ctx.db, id, day(`${today.slice(0, 7)}-01`), today);
  const bought = entitledOn(versions, today);
  const base = versionsOn(versions, today).find(one => one.charges.some(({ kind }) => kind === 'BASE') && one.tier === bought.plan);
  const subscription = base && (await ctx.load(subscriptionById, base.subscriptionId));
  const isResold = subscription ? (await resoldAmong(ctx.db, [subscription.id])).has(subscription.id) : false;
  const sellable: Sellable = {
    plan: bought.plan,
    sku: subscription?.sku ?? null,
    seats: bought.seats,
    seatsInUse: measured?.seatsInUse ?? 0,
    termMonths: subscription?.termMonths ?? null,
    isOnHold: (account.holds ?? []).some(hold => CLOSING_HOLDS.includes(hold)),
    isResold,
    compute: days.length > 0 ? computeOn(versions, days, today) : null,
  };
  const { currency } = account;
  const products = listed.flatMap(({ prices, ...product }): readonly OfferedProduct[] => {
    const price = prices.find(one => one.currency === currency);
    return price ? [{ ...product, price: moneyOf(price) }] : [];
  });
  return { namespace: sellable, products };
}
