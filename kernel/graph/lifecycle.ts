import { enumOf } from './enum';

/**
 * The status of a thing with a life of its own. Subscriptions, invoices and licences publish theirs under one name, each
 * house with its own values, so that a search that finds all of them can ask each for its `status`. Filters have enums
 * of their own: a shared enum that is also sent in could hold only what every house knows.
 */
export const lifecycleOf = <const Values extends readonly string[]>(
  values: Values,
  descriptions: Readonly<Record<Values[number], string>>,
) => enumOf('LifecycleStatus', values, 'Where a subscription, an invoice or a licence stands. The values may grow.', descriptions);
