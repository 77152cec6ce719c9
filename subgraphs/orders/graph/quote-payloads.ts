import { Field, ObjectType } from 'type-graphql';
import type { ApprovalRuleRow } from '../store/tables';
import { Order } from './order';
import { Payload } from './payloads';
import { ApprovalRule, Quote } from './quote';
import type { OrderSource } from './write-order';
import type { QuoteSource } from './write-quote';

const QUOTE = { nullable: true, description: 'The quote as it is now.' };

@ObjectType({ simpleResolvers: true, description: 'What came of making a quote.' })
export class CreateQuotePayload extends Payload {
  @Field(() => Quote, QUOTE) readonly quote?: QuoteSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of changing a quote.' })
export class UpdateQuotePayload extends Payload {
  @Field(() => Quote, QUOTE) readonly quote?: QuoteSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of asking for an approval.' })
export class RequestApprovalPayload extends Payload {
  @Field(() => Quote, QUOTE) readonly quote?: QuoteSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of a review.' })
export class ReviewQuotePayload extends Payload {
  @Field(() => Quote, QUOTE) readonly quote?: QuoteSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of sending a quote.' })
export class SendQuotePayload extends Payload {
  @Field(() => Quote, QUOTE) readonly quote?: QuoteSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of choosing the quote of an opportunity.' })
export class MakePrimaryPayload extends Payload {
  @Field(() => Quote, QUOTE) readonly quote?: QuoteSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of accepting a quote.' })
export class SubmitQuotePayload extends Payload {
  @Field(() => Quote, QUOTE) readonly quote?: QuoteSource | null;
  @Field(() => Order, { nullable: true, description: 'The order that it has become.' }) readonly order?: OrderSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What came of setting a rule.' })
export class SetApprovalRulePayload extends Payload {
  @Field(() => ApprovalRule, { nullable: true, description: 'The rule as it is now.' }) readonly rule?: ApprovalRuleRow | null;
}
