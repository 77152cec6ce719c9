import { Int, ObjectType } from 'type-graphql';
import { PlainDateScalar } from '#kernel/graph/scalars';
import { always, Publishes } from '#kernel/published';
import type { PlainDate } from '#kernel/time';
import type { ReminderRow } from '../store/tables';

@Publishes<ReminderRow>()
@ObjectType({ simpleResolvers: true, description: 'A reminder that an invoice is due and not paid.' })
export class Reminder {
  @always(() => Int, { description: 'Which reminder of the policy it was, by its days: 7, 14 or 30.' })
  step!: number;

  @always(() => Int, { description: 'For how many days the invoice had been due.' })
  daysOverdue!: number;

  @always(() => PlainDateScalar, { description: 'The day on which it was sent.' })
  remindedOn!: PlainDate;
}
