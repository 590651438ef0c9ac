import { FetchCache, type CachePolicy } from '../../../src/server/verifiers/fetching/FetchCache';
import type { Outbound, OutboundRule } from '../../../src/server/verifiers/types';

const POLICY: CachePolicy = { hosts: () => true, maxBytes: 1_000, timeoutMs: 1_000, maxAge: 600, coolDown: 30 };
const NOW = 1_700_000_000;
const JWKS = 'https://keys.example.com/jwks.json';
const invented = (i: number) => `https://api.paypal.com/v1/notifications/certs/CERT-${i}`;
const request = (url: string, now = NOW, fresh = false) => ({ url, policy: POLICY, now, fresh });
const caller = (webhook: string, source = '192.0.2.1') => ({ webhook, source });

/** A way out that answers what is known, refuses the rest, and notes what was asked. */
function outboundOf(pages: Record<string, string>): Outbound & { calls: { url: string; rule: OutboundRule }[] } {
  const calls: { url: string; rule: OutboundRule }[] = [];
  return {
    calls,
    get(url, rule) {
      calls.push({ url, rule });
      const page = pages[url];
      return page === undefined ? Promise.reject(new Error('404')) : Promise.resolve(Buffer.from(page));
    },
  };
}

const settled = async (promise: Promise<Buffer>) => promise.then(String, (error: Error) => error);

describe('addresses that requests name', () => {
  it('leave those that are configured alone, however many are invented', async () => {
    const outbound = outboundOf({ [JWKS]: 'keys' });
    const cache = new FetchCache(outbound);
    for (let i = 0; i < 70 * 60; i++) {
      await settled(cache.getNamed(request(invented(i), NOW + i / 70), caller('paypal', `192.0.2.${i % 200}`)));
    }
    expect(String(await cache.getConfigured(request(JWKS, NOW + 60)))).toBe('keys');
    // 60 at once at the most, and one every second after that.
    const fetched = outbound.calls.filter(({ url }) => url !== JWKS).length;
    expect(fetched).toBeGreaterThanOrEqual(60);
    expect(fetched).toBeLessThanOrEqual(120);
    expect(outbound.calls.at(-1)).toMatchObject({ url: JWKS, rule: { trusted: true } });
  });

  it('are counted by webhook, and there by caller', async () => {
    const outbound = outboundOf({});
    const cache = new FetchCache(outbound);
    for (let i = 0; i < 100; i++) {
      await settled(cache.getNamed(request(invented(i)), caller('a')));
    }
    expect(outbound.calls).toHaveLength(3);
    await settled(cache.getNamed(request(invented(100)), caller('a', '192.0.2.2')));
    await settled(cache.getNamed(request(invented(101)), caller('b')));
    expect(outbound.calls).toHaveLength(5);
  });

  it('are fetched a few at a time for one webhook', async () => {
    const cache = new FetchCache({ get: () => new Promise(() => undefined) });
    const inFlight = Array.from({ length: 5 }, (_, i) =>
      settled(cache.getNamed(request(invented(i)), caller('a', `192.0.2.${i}`))),
    );
    expect(await inFlight[4]).toMatchObject({ message: expect.stringContaining('Too many') as unknown });
  });

  it('are fetched again without that, once something there has verified a signature', async () => {
    const outbound = outboundOf({ [invented(0)]: 'certificate' });
    const cache = new FetchCache(outbound);
    expect(await settled(cache.getNamed(request(invented(0)), caller('a')))).toBe('certificate');
    cache.confirm(invented(0));
    for (let i = 1; i < 500; i++) {
      await settled(cache.getNamed(request(invented(i)), caller('a', `192.0.2.${i % 250}`)));
    }
    expect(await settled(cache.getNamed(request(invented(0), NOW + 601), caller('a')))).toBe('certificate');
    expect(outbound.calls.at(-1)).toMatchObject({ url: invented(0), rule: { trusted: true } });
  });

  it('push nothing out that is in use, and are not fetched again and again themselves', async () => {
    const outbound = outboundOf(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [invented(i), 'x'])));
    const cache = new FetchCache(outbound);
    for (let i = 0; i < 55; i++) {
      await settled(cache.getNamed(request(invented(i)), caller('a', `192.0.2.${i}`)));
    }
    // The store is full of what could be fetched; one that can't be is remembered all the same.
    const missing = invented(1_000);
    for (let i = 0; i < 3; i++) {
      await settled(cache.getNamed(request(missing), caller('b', `192.0.2.${i}`)));
    }
    expect(outbound.calls.filter(({ url }) => url === missing)).toHaveLength(1);
  });
});

describe('an address that is configured', () => {
  it('does not make those wait who need nothing new, while a stranger has it fetched again', async () => {
    let answer: (body: Buffer) => void = () => undefined;
    const bodies = [Promise.resolve(Buffer.from('old')), new Promise<Buffer>((resolve) => (answer = resolve))];
    const cache = new FetchCache({ get: () => bodies.shift() ?? Promise.reject(new Error('gone')) });
    expect(String(await cache.getConfigured(request(JWKS)))).toBe('old');
    const forced = cache.getConfigured(request(JWKS, NOW + 30, true));
    expect(String(await cache.getConfigured(request(JWKS, NOW + 30)))).toBe('old');
    answer(Buffer.from('new'));
    expect(String(await forced)).toBe('new');
  });

  it('is fetched for invented keys no more often than once in a cool-down', async () => {
    const outbound = outboundOf({ [JWKS]: 'keys' });
    const cache = new FetchCache(outbound);
    for (let second = 0; second < 90; second++) {
      await cache.getConfigured(request(JWKS, NOW + second, true));
    }
    expect(outbound.calls).toHaveLength(3);
  });
});
