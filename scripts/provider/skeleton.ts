import { constantOf } from './catalogue';

/** A row to be filled in: the commonest scheme, an HMAC over the body in a header. */
export function rowSkeleton(id: string, title: string): string {
  return `// Framework-free.

import type { Provider } from '../provider';
import { CHOOSE_EVENTS, COPY_SECRET, PASTE_URL, SEND_TEST } from '../steps';

export const ${constantOf(id)}: Provider = {
  id: '${id}',
  title: ${JSON.stringify(title)},
  event: { from: ['json:type'], names: ['order.created'] },
  scheme: {
    kind: 'hmac',
    sig: { from: 'header:x-signature' },
    content: '{body}',
    // Where a time is signed: content: '{ts}.{body}', ts: { from: 'header:x-timestamp', tol: 300 } (unit 's', 'ms',
    // 'unix' or 'rfc3339'). Where no tolerance is documented, tol is as long as it repeats a call.
    id: ['json:id'],
  },
  secretLabel: 'Signing secret',
  setup: [PASTE_URL, CHOOSE_EVENTS, COPY_SECRET, SEND_TEST],
  example: { json: { id: '1', type: 'order.created' } },
  docs: 'https://example.com/where-the-rule-is',
};
`;
}

/** What the tests are told of it: a call as the provider makes it, literally. */
export function factsSkeleton(id: string): string {
  return `import type { ProviderFacts } from '../types';

export const ${constantOf(id)}: ProviderFacts = {
  provider: '${id}',
  covers: ['whole', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://example.com/where-the-rule-is; or: Python hmac',
      secret: 'a-signing-secret',
      otherSecret: 'another-secret',
      request: {
        headers: { 'x-signature': 'computed by anything but this engine' },
        body: '{"id":"1"}',
      },
      at: 1_700_000_000,
      deliveryId: '1',
      // Where a time is signed: tolerance: 300, and 300 in place of null in "covers".
      signature: 'header:x-signature',
    },
  ],
};
`;
}
