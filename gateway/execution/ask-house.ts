import type { Log } from '#kernel/log';
import { type HouseError, presentable, silence } from '../house-errors';
import { HouseSilent } from '../house-silent';
import type { WireAnswer } from '../house-wire';
import { parseJson } from '../safe-json';
import { isObject, type JsonObject } from './json';
import type { Run } from './run';
import type { Flights, Question } from './shared-flights';

/** What came of it. A house that is silent owes every field that it was asked for. */
export interface HouseReply {
  readonly data: JsonObject | null;
  readonly errors: readonly HouseError[];
  readonly silence: HouseError | null;
}

export type AskHouse = (run: Run, question: Question) => Promise<HouseReply>;

/**
 * Asks houses. It never throws for a house that is down, hangs or answers nonsense: the fields of that house become null,
 * each with an error that names it, and the other houses' fields stand.
 */
export function openAskHouse(flights: Flights, log: Log): AskHouse {
  const giveUp = (house: string, { silentHouses, requestId, dependence }: Run['context'], fault: HouseSilent): HouseReply => {
    dependence?.add(undefined);
    if (fault.reason === 'deadline') silentHouses.add(house);
    if (fault.reason !== 'client-left') log.warn('A house is silent.', { house, reason: fault.reason, requestId, fault });
    return silent(house);
  };
  return (run, question) => {
    const { house } = question;
    const { context } = run;
    if (context.silentHouses.has(house)) return Promise.resolve(silent(house));
    return flights.send(question, context).then(
      answer => {
        context.dependence?.add(answer.viewerRead);
        const reply = read(answer, house, run, log);
        return reply instanceof HouseSilent ? giveUp(house, context, reply) : reply;
      },
      fault => {
        if (!(fault instanceof HouseSilent)) throw fault;
        return giveUp(house, context, fault);
      },
    );
  };
}

const silent = (house: string): HouseReply => ({ data: null, errors: [], silence: silence(house) });

function read({ status, text, isAscii }: WireAnswer, house: string, run: Run, log: Log): HouseReply | HouseSilent {
  const { requestId } = run.context;
  if (!isAscii) run.isAscii = false;
  const json = parse(text, house, run);
  if (json instanceof HouseSilent) return json;
  const { data, errors } = isObject(json) ? json : {};
  if (!isObject(data) && !Array.isArray(errors)) {
    return new HouseSilent(house, status >= 500 ? 'overloaded' : 'not-json', new Error(`status ${status}`));
  }
  if (status === 401) {
    log.error('A house refuses our signature.', { house, requestId, status });
    return silent(house);
  }
  if (status >= 500 && !isObject(data)) return new HouseSilent(house, 'overloaded', new Error(`status ${status}`));
  return { data: isObject(data) ? data : null, errors: errors ? presentable(errors, house, log, requestId) : NONE, silence: null };
}

const NONE: readonly HouseError[] = [];

/** Where no house wrote a backslash, no string of the answer needs one either, and no key can hide behind escapes. */
function parse(text: string, house: string, run: Run): unknown {
  try {
    if (text.includes('\\')) {
      run.mayEscape = true;
      // What is written as an escape in ASCII may be any character.
      run.isAscii = false;
      return parseJson(text);
    }
    return text.includes('__proto__') ? parseJson(text) : JSON.parse(text);
  } catch (fault) {
    return new HouseSilent(house, 'not-json', fault);
  }
}
