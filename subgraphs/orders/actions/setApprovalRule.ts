import { accept, type Refusal, type Result, refuse } from '#kernel/result';
import type { Work } from '#kernel/work';
import type { OrderRefusal } from '../domain/refusals';
import type { OrdersEvents } from '../events/published';
import { keepRule } from '../store/quotes';
import type { ApprovalRuleRow } from '../store/tables';

const CODE = /^[a-z0-9-]{1,60}$/;
const EXCEEDS_MAX = 1_000_000;

/** Sets a rule of approval. Quotes are measured by it when they are made or changed next. */
export async function setApprovalRule(
  work: Work<OrdersEvents>,
  rule: ApprovalRuleRow,
): Promise<Result<{ readonly rule: ApprovalRuleRow }, Refusal<OrderRefusal>>> {
  if (!CODE.test(rule.code) || rule.name.trim() === '') {
    return refuse('APPROVAL_RULE_INVALID', 'A rule has a name, and a code of small letters, digits and dashes.', { path: ['code'] });
  }
  const isAmount = rule.measure === 'AMOUNT';
  if (isAmount !== (rule.exceedsAmount !== null)) {
    return refuse('APPROVAL_RULE_INVALID', 'A rule about an amount names one, and no other rule does.', { path: ['exceedsAmount'] });
  }
  if (!Number.isInteger(rule.exceeds) || rule.exceeds < 0 || rule.exceeds > EXCEEDS_MAX) {
    return refuse('APPROVAL_RULE_INVALID', 'What a rule lets pass is a number, not below zero.', { path: ['exceeds'] });
  }
  await keepRule(work.tx, rule);
  return accept({ rule });
}
