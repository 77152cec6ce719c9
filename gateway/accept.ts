/** How an answer is written, and what its status may say. */
export interface AnswerForm {
  readonly contentType: 'application/json; charset=utf-8' | 'application/graphql-response+json; charset=utf-8';
  /**
   * True for a client that names `application/json` and nothing newer: it reads every well-formed answer as 200, also one
   * that says that the document is wrong (GraphQL over HTTP, §6.4.1). A client that names nothing gets true statuses.
   */
  readonly isLegacy: boolean;
  /** True for a client that would rather have its answer as server-sent events. */
  readonly isStream: boolean;
}

const LEGACY: AnswerForm = { contentType: 'application/json; charset=utf-8', isLegacy: true, isStream: false };
const ANY: AnswerForm = { ...LEGACY, isLegacy: false };
const CURRENT: AnswerForm = { contentType: 'application/graphql-response+json; charset=utf-8', isLegacy: false, isStream: false };
const STREAM: AnswerForm = { ...ANY, isStream: true };

/** What a header names, best first; of two that are wanted equally, the one that says more. */
const FORMS: readonly (readonly [RegExp, AnswerForm])[] = [
  [/^application\/graphql-response\+json$/, CURRENT],
  [/^text\/event-stream$/, STREAM],
  [/^application\/json$/, LEGACY],
  [/^(application|\*)\/\*$/, ANY],
];

/** Clients of a kind send the same header; strangers cannot fill the memory. */
const REMEMBERED_MAX = 200;
const formByHeader = new Map<string, AnswerForm | null>();

/** The form that a client accepts, or null when it accepts none that there is. */
export function answerForm(accept: string | undefined): AnswerForm | null {
  if (accept === undefined || accept === '') return ANY;
  const known = formByHeader.get(accept);
  if (known !== undefined) return known;
  const form = negotiate(accept);
  if (formByHeader.size < REMEMBERED_MAX) formByHeader.set(accept, form);
  return form;
}

function negotiate(accept: string): AnswerForm | null {
  let best: AnswerForm | null = null;
  let bestWeight = 0;
  for (const [pattern, form] of FORMS) {
    const weight = weightOf(accept, pattern);
    if (weight > bestWeight) {
      best = form;
      bestWeight = weight;
    }
  }
  return best;
}

/** How much a header that lists what is accepted wants something of this name: 0 for not at all (RFC 9110, §12.4.2). */
export function weightOf(header: string, name: RegExp): number {
  const weights = header.split(',').map(entry => {
    const [found = '', ...parameters] = entry.split(';').map(part => part.trim().toLowerCase());
    const charset = parameters.find(parameter => parameter.startsWith('charset='))?.slice('charset='.length);
    const weight = Number(parameters.find(parameter => parameter.startsWith('q='))?.slice('q='.length) ?? 1);
    const isUsable = name.test(found) && Number.isFinite(weight) && (charset === undefined || /^"?utf-?8"?$/.test(charset));
    return isUsable ? weight : 0;
  });
  return Math.max(0, ...weights);
}
