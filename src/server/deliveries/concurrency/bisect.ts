/**
 * Writes all items at once; where that fails, in halves, so that a bad one fails alone. What became of each, in their
 * order; never rejects.
 * @param write gives a result for each item; where it rejects, it has written nothing
 * @param failsAll whether an error is none of an item's fault: halves would meet it as well
 */
export async function bisect<T, R>(
  items: readonly T[],
  write: (items: readonly T[]) => Promise<readonly R[]>,
  failsAll: (error: unknown) => boolean,
): Promise<PromiseSettledResult<R>[]> {
  if (items.length === 0) {
    return [];
  }
  try {
    return (await write(items)).map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (items.length === 1 || failsAll(reason)) {
      return items.map(() => ({ status: 'rejected', reason }));
    }
    const middle = Math.ceil(items.length / 2);
    const first = await bisect(items.slice(0, middle), write, failsAll);
    return [...first, ...(await bisect(items.slice(middle), write, failsAll))];
  }
}
