import { WindowCounts } from '../../../../src/server/rates/WindowCounts';
import { FailureLimit } from '../../../../src/server/rates/FailureLimit';
import { RateLimits } from '../../../../src/server/rates/RateLimits';

describe('RateLimits in memory', () => {
  it('takes as many as it may, tells how long to wait, and counts each webhook by itself', async () => {
    const rates = new RateLimits('main', null);
    const limit = { points: 2, duration: 60 };
    expect(rates.isShared).toBe(false);
    expect([await rates.take('a', limit, ''), await rates.take('a', limit, '')]).toEqual([0, 0]);
    const wait = await rates.take('a', limit, '');
    expect(wait).toBeGreaterThan(55_000);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect(await rates.take('b', limit, '')).toBe(0);
  });

  it('takes again when the period is over', async () => {
    const rates = new RateLimits('main', null);
    const limit = { points: 1, duration: 1 };
    expect(await rates.take('a', limit, '')).toBe(0);
    const wait = await rates.take('a', limit, '');
    await new Promise((resolve) => setTimeout(resolve, wait + 20));
    expect(await rates.take('a', limit, '')).toBe(0);
  });
});

describe('RateLimits of each address', () => {
  const limit = { points: 1, duration: 60, per: 'address' as const };

  it('counts each caller of each webhook by itself, an IPv6 network as one', async () => {
    const rates = new RateLimits('main', null);
    expect(await rates.take('a', limit, '192.0.2.1')).toBe(0);
    expect(await rates.take('a', limit, '192.0.2.1')).toBeGreaterThan(0);
    expect(await rates.take('a', limit, '192.0.2.2')).toBe(0);
    expect(await rates.take('b', limit, '192.0.2.1')).toBe(0);
    expect(await rates.take('a', limit, '2001:db8::1')).toBe(0);
    expect(await rates.take('a', limit, '2001:db8::2')).toBeGreaterThan(0);
  });

  it('remembers a bounded number of callers', async () => {
    const rates = new RateLimits('main', null);
    for (let i = 0; i <= 100_000; i++) {
      await rates.take('a', limit, `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    }
    expect(await rates.take('a', limit, '10.1.134.160')).toBeGreaterThan(0);
    expect(await rates.take('a', limit, '10.0.0.0')).toBe(0);
  });

  it('keeps what a webhook as a whole was called, however many callers another one has', async () => {
    const rates = new RateLimits('main', null);
    const whole = { points: 1, duration: 60 };
    expect(await rates.take('b', whole, '')).toBe(0);
    for (let i = 0; i <= 100_000; i++) {
      await rates.take('a', limit, `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    }
    expect(await rates.take('b', whole, '')).toBeGreaterThan(0);
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
    expect(await rates.take('a', limit, '')).toBe(0);
    expect(await rates.take('a', limit, '')).toBeGreaterThan(0);
  });
});

describe('FailureLimit', () => {
  let now = 0;
  const limitOf = (points: number) => new FailureLimit(points, () => now);
  const fail = (failures: FailureLimit, count: number, address = '192.0.2.1', credential: string | null = null) => {
    for (let i = 0; i < count; i++) {
      if (failures.wait('hook', address, () => credential) === 0) {
        failures.count('hook', address, () => credential);
      }
    }
  };
  beforeEach(() => {
    now = 1_000;
  });

  it('turns away the address that failed too often, at that webhook', () => {
    const failures = limitOf(2);
    expect(failures.wait('hook', '192.0.2.1')).toBe(0);
    failures.count('hook', '192.0.2.1');
    expect(failures.wait('hook', '192.0.2.1')).toBe(0);
    now += 5_000;
    failures.count('hook', '192.0.2.1');
    expect(failures.wait('hook', '192.0.2.1')).toBe(55_000);
    expect(failures.wait('hook', '192.0.2.2')).toBe(0);
    expect(failures.wait('other', '192.0.2.1')).toBe(0);
    now += 55_000;
    expect(failures.wait('hook', '192.0.2.1')).toBe(0);
  });

  it('counts an IPv6 network as one caller', () => {
    const failures = limitOf(1);
    failures.count('hook', '2001:db8:1:2::1');
    expect(failures.wait('hook', '2001:db8:1:2:ffff::2')).toBeGreaterThan(0);
    expect(failures.wait('hook', '2001:db8:1:3::1')).toBe(0);
  });

  it('still tries who was verified in the last hour, whatever a stranger at the same address does', () => {
    const failures = limitOf(300);
    failures.verified('hook', '192.0.2.1');
    fail(failures, 2_000);
    expect(failures.wait('hook', '192.0.2.1')).toBe(0);
    now += 3_600_000;
    fail(failures, 300);
    expect(failures.wait('hook', '192.0.2.1')).toBe(60_000);
  });

  it('bounds what a stranger there can cost, and tries again a moment later', () => {
    const failures = limitOf(300);
    failures.verified('hook', '192.0.2.1');
    fail(failures, 10_000);
    const wait = failures.wait('hook', '192.0.2.1');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(20);
    now += 20;
    expect(failures.wait('hook', '192.0.2.1')).toBe(0);
  });

  it('always tries the very credential that was verified, until it fails', () => {
    const failures = limitOf(300);
    failures.verified('hook', '192.0.2.1', 'true');
    fail(failures, 10_000, '192.0.2.1', 'guess');
    expect(failures.wait('hook', '192.0.2.1', () => 'guess')).toBeGreaterThan(0);
    expect(failures.wait('hook', '192.0.2.1', () => 'true')).toBe(0);
    expect(failures.wait('other', '192.0.2.1', () => 'true')).toBe(0);
    failures.count('hook', '192.0.2.1', () => 'true');
    expect(failures.wait('hook', '192.0.2.1', () => 'true')).toBeGreaterThan(0);
  });

  it('keeps no more than it needs', () => {
    const counts = new WindowCounts(60_000, 100);
    for (let i = 0; i < 1_000; i++) {
      counts.add(`a${i}`, i);
    }
    expect([counts.find('a0', 1_000), counts.find('a999', 1_000)]).toEqual([null, { count: 1, until: 60_999 }]);
    expect(counts.size).toBe(100);
    counts.add('b', 100_000);
    expect(counts.size).toBe(1);
  });
});
