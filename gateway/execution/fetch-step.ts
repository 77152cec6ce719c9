import { Collection, compileCollector, placesOf } from './collect';
import type { CompileOptions, RunStep } from './compiled-step';
import { copyOf, isObject, type JsonObject, mergeInto } from './json';
import { applyRewrites } from './rewrites';
import { addError, NO_DATA, type Run } from './run';
import type { FetchStep } from './steps';
import { compileBody } from './subrequest-body';
import { answerShapeOf, newNamesOf } from './written-paths';

/** Asks a house for fields of the root, and puts them where they belong. */
export function compileFetchStep(step: FetchStep, { facts, sharedPlaces, ask }: CompileOptions): RunStep {
  const body = compileBody(step);
  const keys = [...new Set(answerShapeOf(step.operation, null, []).fields.map(({ key }) => key))].filter(key => key !== '__typename');
  const names = newNamesOf(step.outputRewrites);
  const nameOf = (key: string | number) => (typeof key === 'string' ? (names.get(key) ?? key) : key);
  const put = putterOf(step, facts, sharedPlaces);
  return run =>
    ask(run, { house: step.house, body: body.write(run, ''), isRepeatable: !step.isMutation }).then(answer => {
      if (answer.data) {
        applyRewrites(step.outputRewrites, answer.data, facts);
        put(run, answer.data);
      }
      if (answer.errors.length === 0 && !answer.silence) return;
      const [base = []] = [...placesOf(step.path, run.data, facts).values()].flat();
      for (const { path = [], ...error } of answer.errors) addError(run, { ...error, path: [...base, ...path.map(nameOf)] });
      if (answer.silence) for (const key of keys) addError(run, { ...answer.silence, path: [...base, nameOf(key)] });
    });
}

type Put = (run: Run, data: JsonObject) => void;

function putterOf({ path }: FetchStep, facts: CompileOptions['facts'], sharedPlaces: ReadonlySet<string>): Put {
  if (path.length === 0) {
    return (run, data) => {
      // The first answer is the data; the others are added to it.
      if (run.data === NO_DATA) run.data = data;
      else mergeInto(run.data, data);
    };
  }
  const collect = compileCollector(path, facts, sharedPlaces);
  return (run, data) => {
    const found = new Collection(run.isShared);
    collect(run.data, found);
    const targets = found.objects;
    for (const target of targets) {
      const copy = targets.length > 1 ? copyOf(data) : data;
      if (isObject(copy)) mergeInto(target, copy);
    }
  };
}
