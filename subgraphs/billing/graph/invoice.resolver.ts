import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '#kernel/graph/connection';
import { MoneyType } from '#kernel/graph/money';
import { PeriodType } from '#kernel/graph/period';
import { PlainDateScalar, Url } from '#kernel/graph/scalars';
import { money } from '#kernel/money';
import { dayOf, period } from '#kernel/time';
import { balanceOf, daysOverdue } from '../domain/receivable';
import { type Buyer, type Seller, sellerOf } from '../domain/tax-identity';
import { creditMemosOfInvoice } from '../store/credit-memos';
import { remindersOfInvoice } from '../store/dunning';
import { invoiceByNumber, linesOfInvoice, voidOfInvoice } from '../store/invoices';
import { paymentsOfInvoice } from '../store/payments';
import type { BillTo, InvoiceLineRow, InvoiceRow } from '../store/tables';
import { creditOfInvoice } from '../store/wallets';
import { type BillingContext, canReadInvoicesOf } from './context';
import { CreditMemo } from './credit-memo';
import { InvoiceWhere } from './inputs';
import { Invoice, InvoiceConnection, InvoiceLine, InvoiceRecipient } from './invoice';
import { invoicePage } from './invoice-page';
import { InvoiceBuyer, InvoiceSeller } from './invoice-party';
import { BillingAccount, Order, Subscription } from './neighbours';
import { Payment } from './payment';
import { Reminder } from './reminder';
import { WalletMovement } from './wallet';

@Resolver(() => Invoice)
export class InvoiceResolver {
  @Query(() => Invoice, { nullable: true, description: 'The invoice of a number.' })
  async invoice(
    @Arg('number', () => String, { description: 'Its number: `INV-00012345-0001`.' }) number: string,
    @Ctx() ctx: BillingContext,
  ): Promise<InvoiceRow | null> {
    const invoice = await ctx.load(invoiceByNumber, number);
    return invoice && canReadInvoicesOf(ctx.viewer, invoice.accountId) ? invoice : null;
  }

  @Query(() => InvoiceConnection, { nullable: true, description: 'The invoices of all accounts, the newest first.' })
  invoices(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Arg('where', () => InvoiceWhere, { nullable: true, description: 'Which ones. All when absent.' }) where: InvoiceWhere | null,
    @Ctx() ctx: BillingContext,
  ) {
    return invoicePage(ctx, null, args, where);
  }

  @FieldResolver(() => MoneyType, { description: 'What is charged before tax.' })
  subtotal(@Root() { subtotalMinor, currency }: InvoiceRow) {
    return money(subtotalMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The tax on it.' })
  tax(@Root() { taxMinor, currency }: InvoiceRow) {
    return money(taxMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What is to be paid: subtotal and tax.' })
  total(@Root() { totalMinor, currency }: InvoiceRow) {
    return money(totalMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What is still owed. It falls when money arrives.' })
  balance(@Root() invoice: InvoiceRow) {
    return balanceOf(invoice);
  }

  @FieldResolver(() => Int, { description: 'For how many days it has been due and unpaid; 0 when it is not.' })
  daysOverdue(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext) {
    return daysOverdue(invoice, dayOf(ctx.now));
  }

  @FieldResolver(() => Url, {
    nullable: true,
    description:
      'Where it can be fetched as a PDF document for the next 15 minutes, without signing in. Null where documents are not offered.',
  })
  pdfUrl(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext): string | null {
    return ctx.services.documentLinks?.invoiceLink(invoice.number, ctx.now) ?? null;
  }

  @FieldResolver(() => InvoiceSeller, { nullable: true, description: 'Who sells, as tax law wants it on the invoice.' })
  seller(@Root() invoice: InvoiceRow): Seller {
    return invoice.seller ?? sellerOf(invoice.sellingEntity);
  }

  @FieldResolver(() => InvoiceBuyer, { nullable: true, description: 'Who buys, as tax law wants it on the invoice.' })
  buyer(@Root() invoice: InvoiceRow): Buyer | null {
    return invoice.buyer;
  }

  @FieldResolver(() => InvoiceRecipient, { nullable: true, description: 'Who it is addressed to.' })
  billTo(@Root() invoice: InvoiceRow): BillTo {
    return invoice.billTo;
  }

  @FieldResolver(() => [InvoiceLine], { description: 'Its positions, in the order in which they were planned.' })
  lines(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext) {
    return ctx.load(linesOfInvoice, invoice.id);
  }

  @FieldResolver(() => [Payment], { description: 'What was paid or tried on it, the first first. At most the newest 100.' })
  payments(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext) {
    return ctx.load(paymentsOfInvoice, invoice.id);
  }

  @FieldResolver(() => [CreditMemo], { description: 'What was credited of it, the first first.' })
  creditMemos(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext) {
    return ctx.load(creditMemosOfInvoice, invoice.id);
  }

  @FieldResolver(() => [WalletMovement], { description: "What was paid on it with the account's credit, the first first." })
  creditApplied(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext) {
    return ctx.load(creditOfInvoice, invoice.id);
  }

  @FieldResolver(() => [Reminder], { description: 'The reminders that were sent for it, the first first.' })
  reminders(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext) {
    return ctx.load(remindersOfInvoice, invoice.id);
  }

  @FieldResolver(() => PlainDateScalar, { nullable: true, description: 'The day on which it was taken back, when it was.' })
  async voidedOn(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext) {
    return invoice.status === 'VOIDED' ? ((await ctx.load(voidOfInvoice, invoice.id))?.voidedOn ?? null) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why it was taken back, when it was.' })
  async voidReason(@Root() invoice: InvoiceRow, @Ctx() ctx: BillingContext) {
    return invoice.status === 'VOIDED' ? ((await ctx.load(voidOfInvoice, invoice.id))?.reason ?? null) : null;
  }

  @FieldResolver(() => BillingAccount, { nullable: true, description: 'The account that owes it.' })
  billingAccount(@Root() invoice: InvoiceRow) {
    return { id: invoice.accountId };
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order it was posted for.' })
  order(@Root() invoice: InvoiceRow) {
    return invoice.orderId && { id: invoice.orderId };
  }
}

@Resolver(() => InvoiceLine)
export class InvoiceLineResolver {
  @FieldResolver(() => MoneyType, { description: 'The price of one: for a year where it recurs.' })
  unitPrice(@Root() { unitPriceMinor, currency }: InvoiceLineRow) {
    return money(unitPriceMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What is charged, before tax.' })
  amount(@Root() { amountMinor, currency }: InvoiceLineRow) {
    return money(amountMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The tax on it.' })
  tax(@Root() { taxMinor, currency }: InvoiceLineRow) {
    return money(taxMinor, currency);
  }

  @FieldResolver(() => PeriodType, { description: 'The days for which it is charged.' })
  servicePeriod(@Root() { startsOn, endsOn }: InvoiceLineRow) {
    return period(startsOn, endsOn);
  }

  @FieldResolver(() => Subscription, { nullable: true, description: 'The subscription it belongs to.' })
  subscription(@Root() line: InvoiceLineRow) {
    return { id: line.subscriptionId };
  }
}
