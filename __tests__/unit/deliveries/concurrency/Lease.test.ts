import { Lease, LeaseLost } from '../../../../src/server/deliveries/concurrency/Lease';

/** A lease of 20 s on clocks that a test sets; `answers` are what renewing it comes to. */
function setUp(...answers: (boolean | Error | 'none')[]) {
  const time = { monotonic: 1_000, wall: 1_000 };
  let asked = 0;
  let losses = 0;
  const lease = new Lease({
    freshMs: 20_000,
    renew: async () => {
      asked++;
      const answer = answers.shift() ?? true;
      if (answer instanceof Error) {
        throw answer;
      }
      return answer === 'none' ? new Promise<boolean>(() => undefined) : answer;
    },
    onLost: () => void losses++,
    clock: { monotonic: () => time.monotonic, wall: () => time.wall },
  });
  const pass = (milliseconds: number, wall = milliseconds) => {
    time.monotonic += milliseconds;
    time.wall += wall;
  };
  return { lease, pass, asked: () => asked, losses: () => losses };
}

const away = new Error('the database is away');

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a lease is fresh only once it was renewed, and for its time', async () => {
  const { lease, pass } = setUp();
  expect(lease.isFresh).toBe(false);
  await lease.renew();
  expect(lease.isFresh).toBe(true);
  pass(19_999);
  expect(lease.isFresh).toBe(true);
  pass(1);
  expect(lease.isFresh).toBe(false);
});

test.each([
  ['stands still', 60_000, 60_000, false],
  ['is set forward, or the machine stood still', 0, 60_000, false],
  ['is set back', 1_000, -3_600_000, true],
  ['is set back while it stands still', 60_000, -3_600_000, false],
])('where the clock or the process %s, it is told', async (_what, monotonic, wall, isFresh) => {
  const { lease, pass } = setUp();
  await lease.renew();
  pass(monotonic, wall);
  expect(lease.isFresh).toBe(isFresh);
});

test('the time that the answer takes counts', async () => {
  const { lease, pass } = setUp();
  const renewed = lease.renew();
  pass(20_000);
  expect(await renewed).toBe(true);
  expect(lease.isFresh).toBe(false);
});

test('one that is not fresh is asked, once for all, until it is known', async () => {
  const { lease, pass, asked } = setUp(true, away, away, true);
  await lease.renew();
  pass(60_000);
  const confirmed = Promise.all([lease.confirm(), lease.confirm()]);
  await jest.advanceTimersByTimeAsync(2_000);
  await confirmed;
  expect([lease.isFresh, asked()]).toEqual([true, 4]);
  await lease.confirm();
  expect(asked()).toBe(4);
});

test('a connection that has fallen silent keeps it from nothing', async () => {
  const { lease, asked } = setUp('none', true);
  const confirmed = lease.confirm();
  await jest.advanceTimersByTimeAsync(6_000);
  await confirmed;
  expect([lease.isFresh, asked()]).toEqual([true, 2]);
});

test('one that was taken over is lost for good, and told so once', async () => {
  const { lease, pass, losses } = setUp(true, false, true);
  await lease.renew();
  pass(60_000);
  await expect(Promise.all([lease.confirm(), lease.confirm()])).rejects.toThrow(LeaseLost);
  expect(await lease.renew()).toBe(false);
  await expect(lease.confirm()).rejects.toThrow(LeaseLost);
  expect([lease.isFresh, lease.isLost, losses()]).toEqual([false, true, 1]);
});

test('one that has ended is not renewed, and not told to be lost', async () => {
  const { lease, asked, losses } = setUp();
  await lease.renew();
  lease.end();
  expect(await lease.renew()).toBe(false);
  await expect(lease.confirm()).rejects.toThrow(LeaseLost);
  expect([lease.isFresh, asked(), losses()]).toEqual([false, 1, 0]);
});
