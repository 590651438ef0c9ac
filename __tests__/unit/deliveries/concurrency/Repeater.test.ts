import { Repeater } from '../../../../src/server/deliveries/concurrency/Repeater';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('goes on after a turn that hangs, or fails, and has never two at a time but for one that hangs', async () => {
  const turns: string[] = [];
  const errors: string[] = [];
  const works = [
    () => Promise.reject(new Error('failed')),
    () => new Promise<void>(() => undefined),
    () => new Promise<void>((resolve) => setTimeout(resolve, 2_500)),
    () => Promise.resolve(),
  ];
  const repeater = new Repeater(
    1_000,
    () => {
      turns.push(`${Math.round(performance.now() / 1_000)}`);
      return works.shift()?.() ?? Promise.resolve();
    },
    (error) => errors.push((error as Error).message),
  );
  repeater.start();
  const begun = Math.round(performance.now() / 1_000);
  await jest.advanceTimersByTimeAsync(65_500);
  repeater.stop();
  const seconds = turns.map((at) => Number(at) - begun);
  // The first fails, the second hangs for a minute, the third takes two and a half seconds.
  expect(seconds.slice(0, 4)).toEqual([1, 2, 62, 65]);
  expect(errors).toEqual(['failed', 'not done within 60000 ms']);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(turns).toHaveLength(4);
});
