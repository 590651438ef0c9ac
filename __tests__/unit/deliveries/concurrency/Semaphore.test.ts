import { Semaphore } from '../../../../src/server/deliveries/concurrency/Semaphore';

it('a semaphore lets no more through than it is wide, and the others in the order in which they came', async () => {
  const semaphore = new Semaphore(2);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      semaphore.run(async () => {
        most = Math.max(most, ++inside);
        order.push(n);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inside--;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
});
