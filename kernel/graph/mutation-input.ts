import 'reflect-metadata';
import { Field, InputType } from 'type-graphql';

/** What the input of a mutation extends when it can be repeated safely but not be tried out. */
@InputType({ description: 'What every mutation takes.' })
export abstract class RepeatableInput {
  @Field(() => String, {
    description:
      'Chosen by you, new for each request, at most 255 characters. The same key and request again gives the same answer, done once.',
  })
  readonly idempotencyKey!: string;
}

/** What the input of a mutation extends: repeated safely, and tried out with `dryRun`. */
@InputType({ description: 'What every mutation takes.' })
export abstract class MutationInput extends RepeatableInput {
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'True: answer what would happen, and save nothing.' })
  readonly dryRun?: boolean | null;
}
