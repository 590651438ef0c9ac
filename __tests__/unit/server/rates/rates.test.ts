import { FailureLimit } from '../../../../src/server/rates/FailureLimit';
import { RateLimits } from '../../../../src/server/rates/RateLimits';

describe('RateLimits in memory', () => {
  it('takes as many as it may, tells how long to wait, and counts each webhook by itself', async () => {
    const rates = new RateLimits('main', null);
    const limit = { points: 2, duration: 60 };
    expect(rates.isShared).toBe(false);
    expect([await rates.take('a', limit), await rates.take('a', limit)]).toEqual([0, 0]);
    const wait = await rates.take('a', limit);
    expect(wait).toBeGreaterThan(55_000);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect(await rates.take('b', limit)).toBe(0);
  });

  it('takes again when the period is over', async () => {
    const rates = new RateLimits('main', null);
    const limit = { points: 1, duration: 1 };
    expect(await rates.take('a', limit)).toBe(0);
    const wait = await rates.take('a', limit);
    await new Promise((resolve) => setTimeout(resolve, wait + 20));
    expect(await rates.take('a', limit)).toBe(0);
  });
});

describe('RateLimits with a Redis that fails', () => {
  const limit = { points: 1, duration: 60 };

  it.each([
    ['is not connected', { isReady: false }],
    ['answers with an error', { isReady: true, eval: async () => Promise.reject(new Error('READONLY')) }],
    ['does not answer', { isReady: true, eval: () => new Promise(() => undefined) }],
  ])('counts by itself while it %s', async (_what, redis) => {
    const rates = new RateLimits('main', redis);
    expect(rates.isShared).toBe(true);
    expect(await rates.take('a', limit)).toBe(0);
    expect(await rates.take('a', limit)).toBeGreaterThan(0);
  });
});

describe('FailureLimit', () => {
  it('turns away the address that failed too often, at that webhook', async () => {
    const failures = new FailureLimit(2);
    expect(await failures.wait('hook', '192.0.2.1')).toBe(0);
    await failures.count('hook', '192.0.2.1');
    expect(await failures.wait('hook', '192.0.2.1')).toBe(0);
    await failures.count('hook', '192.0.2.1');
    expect(await failures.wait('hook', '192.0.2.1')).toBeGreaterThan(50_000);
    expect(await failures.wait('hook', '192.0.2.2')).toBe(0);
    expect(await failures.wait('other', '192.0.2.1')).toBe(0);
  });

  it('counts an IPv6 network as one caller', async () => {
    const failures = new FailureLimit(1);
    await failures.count('hook', '2001:db8:1:2::1');
    expect(await failures.wait('hook', '2001:db8:1:2:ffff::2')).toBeGreaterThan(0);
    expect(await failures.wait('hook', '2001:db8:1:3::1')).toBe(0);
  });
});
