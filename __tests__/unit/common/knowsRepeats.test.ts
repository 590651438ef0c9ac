import type { WebhookAuth } from '../../../src/common/auth';
import { defaultConfig, type DedupeConfig } from '../../../src/common/config';
import { knowsRepeats } from '../../../src/common/knowsRepeats';

const PROVIDER = (provider: string): WebhookAuth => ({ type: 'provider', provider, secrets: [] });

it.each<[string, WebhookAuth, Partial<DedupeConfig> | null, boolean]>([
  ['nobody is verified', { type: 'none' }, {}, false],
  ['a key is set', { type: 'none' }, { key: 'header:idempotency-key' }, true],
  ['it is off', PROVIDER('github'), null, false],
  ['the provider gives ids', PROVIDER('github'), {}, true],
  ['code of its own finds one', PROVIDER('paypal'), {}, true],
  ['a token tells nothing of the call', { type: 'token', in: 'header', name: 'x', secrets: [] }, {}, false],
  [
    'a signature says where its id is',
    { type: 'signature', secrets: [], sig: { from: 'header:x' }, id: ['header:y'] } as unknown as WebhookAuth,
    {},
    true,
  ],
  [
    'a signature has none',
    { type: 'signature', secrets: [], sig: { from: 'header:x' } } as unknown as WebhookAuth,
    {},
    false,
  ],
])('where %s', (_what, auth, dedupe, known) => {
  const { dedupe: plain } = defaultConfig();
  expect(knowsRepeats({ auth, dedupe: dedupe && plain && { ...plain, ...dedupe } })).toBe(known);
});
