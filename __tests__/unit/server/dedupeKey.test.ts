import type { WebhookAuth } from '../../../src/common/auth';
import { dedupeOf } from '../../../src/server/deliveries/intake/dedupeKey';
import type { Parsed } from '../../../src/server/pipeline/types';

const provider = (id: string): WebhookAuth => ({ type: 'provider', provider: id, secrets: [] });

/** What a delivery is known by, and what becomes of another one under it. */
function known(auth: WebhookAuth, given: Partial<Parsed>, key = '') {
  const delivery = {
    endpoint: { key: 'k', config: { auth }, variables: [] },
    headers: { 'x-key': '1' },
    search: '',
    query: {},
    params: {},
    data: {},
    rawBody: Buffer.from('{"a":1}'),
    uploads: [],
    verification: { ok: true, secretName: null, deliveryId: null },
    ...given,
  } as unknown as Parsed;
  return dedupeOf(delivery, { key, window: 60, onFailed: 'rerun' });
}

describe('a call without a body, by a key', () => {
  const none: WebhookAuth = { type: 'none' };
  const empty = { rawBody: Buffer.alloc(0) };
  const ask = (auth: WebhookAuth, search: string, key: string) =>
    known(auth, { ...empty, search, query: { id: '1' } }, key);

  test('says by its query what it is, where nothing verifies the sender', () => {
    for (const key of ['header:x-key', 'query:id']) {
      const [first, other] = [ask(none, 'id=1&n=1', key), ask(none, 'id=1&n=2', key)];
      expect(other?.slot).toBe(first?.slot);
      expect(other?.bodyDigest).not.toBe(first?.bodyDigest);
    }
    expect(ask(none, 'id=1', 'header:x-key')?.otherBody).toBe('refused');
    expect(ask(none, 'id=1', 'query:id')?.otherBody).toBe('repeat');
    expect(known(none, { query: { id: '1' } }, 'query:id')?.otherBody).toBe('refused');
  });
  test('is told by its body alone where its sender is verified', () => {
    const github = provider('github');
    expect(ask(github, 'a=1', 'header:x-key')).toEqual(ask(github, 'a=2', 'header:x-key'));
  });
});
