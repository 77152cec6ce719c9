/** Runs over a list, so many at a time, in order of their start. */
export async function inParallel<T>(items: readonly T[], atATime: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index]!, index);
  };
  await Promise.all(Array.from({ length: atATime }, lane));
}
