/** Runs `step` for each item, at most `limit` at once; the first failure ends it, after what has begun. */
export async function forEachBounded<Item>(
  items: Iterable<Item>,
  limit: number,
  step: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let goesOn = true;
  const lane = async (): Promise<void> => {
    while (goesOn) {
      const next = iterator.next();
      if (next.done) goesOn = false;
      else await step(next.value);
    }
  };
  const stopping = (error: unknown): void => {
    goesOn = false;
    throw error;
  };
  const lanes: Promise<void>[] = [];
  while (goesOn && lanes.length < limit) lanes.push(lane().catch(stopping));
  const broken = (await Promise.allSettled(lanes)).find((each) => each.status === 'rejected');
  if (broken) throw broken.reason;
}
