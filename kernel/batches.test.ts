import { type BatchOptions, gather } from './batches';

const doubling = (change: Partial<BatchOptions<number, number>> = {}) => {
  const batches: (readonly number[])[] = [];
  let elapsed = 0;
  const options: BatchOptions<number, number> = {
    run: async batch => {
      batches.push(batch);
      await new Promise(resume => setTimeout(resume, 5));
      return batch.map(number => number * 2);
    },
    batchMax: 10,
    lanes: 1,
    waitingMax: 100,
    gatherMs: 1,
    elapsedMs: () => (elapsed += 100),
    ...change,
  };
  return { batches, asked: gather(options) };
};

test('requests that arrive together share a batch, and each gets its own answer', async () => {
  const { batches, asked } = doubling();
  expect(await Promise.all([1, 2, 3].map(asked.ask))).toEqual([{ answer: 2 }, { answer: 4 }, { answer: 6 }]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test('a batch has a bound, and the next one takes what is left', async () => {
  const { batches, asked } = doubling();
  await Promise.all(Array.from({ length: 25 }, (_, number) => asked.ask(number)));
  expect(batches.map(batch => batch.length)).toEqual([10, 10, 5]);
});

test('who comes when too many wait is told after how many seconds to come back', async () => {
  const { asked } = doubling({ waitingMax: 3 });
  const answers = await Promise.all([1, 2, 3, 4].map(asked.ask));
  expect(answers).toEqual([{ answer: 2 }, { answer: 4 }, { answer: 6 }, { comeBackAfterSeconds: 1 }]);
});

test('a request that breaks does not break those beside it', async () => {
  const { asked } = doubling({
    run: async batch => {
      if (batch.includes(2)) throw new Error('two is one too many');
      return batch.map(number => number * 2);
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map(asked.ask));
  expect(outcomes.map(outcome => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
