import { FieldResolver, Resolver, Root } from 'type-graphql';
import { MoneyType } from '#kernel/graph/money';
import { money } from '#kernel/money';
import type { ReminderRow } from '../store/tables';
import { Reminder } from './reminder';

@Resolver(() => Reminder)
export class ReminderResolver {
  @FieldResolver(() => MoneyType, { description: 'What was owed on the invoice when it was sent.' })
  balance(@Root() { balanceMinor, currency }: ReminderRow) {
    return money(balanceMinor, currency);
  }
}
