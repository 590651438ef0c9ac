import { resolveConfig, type WebhookConfigInput } from '../../../src/common/config';
import { PANEL_GROUPS } from '../../../src/client-v2/panel/groups';
import { t } from './host';

jest.mock('@nocobase/flow-engine', () => jest.requireActual<typeof import('./host')>('./host').flowEngine, {
  virtual: true,
});
jest.mock(
  '@nocobase/plugin-workflow/client-v2',
  () => jest.requireActual<typeof import('./host')>('./host').workflowClient,
);

const SECRETS = [{ value: 'a secret that is long enough' }];
const CONDITION = { group: { type: 'and', calculations: [{ calculator: 'equal', operands: [1, 1] }] } };

it.each<[group: string, config: WebhookConfigInput, words: string, of?: { isSync?: boolean; isUnsafe?: boolean }]>([
  ['connect', {}, 'POST · All events'],
  [
    'connect',
    { auth: { type: 'provider', provider: 'github', secrets: [] }, path: '/hooks/', events: ['push', 'star'] },
    'GitHub · POST · hooks · push, star',
  ],
  ['data', {}, 'As it comes'],
  [
    'data',
    {
      variables: { data: [{ path: 'a', type: 'string' }], query: [{ path: 'b', type: 'string' }] },
      body: { schema: { type: 'object' }, keepRaw: true },
    } as WebhookConfigInput,
    'Named variables: 2 · checked by a schema · with the received text',
  ],
  ['start', {}, 'Every call · repeats as well'],
  [
    'start',
    { events: ['push'], filter: CONDITION, dedupe: { key: 'header:x-id', window: 7_200 } } as WebhookConfigInput,
    'Only push · if the conditions are met · a repeat within 2 hr starts nothing',
  ],
  ['answer', {}, '200 at once; the workflow runs on'],
  ['answer', { response: { status: '{{$context.query.s}}' } } as WebhookConfigInput, '… at once; the workflow runs on'],
  ['answer', { syncTimeout: 5_000 }, '200 once the workflow has run · 408 after 5 sec', { isSync: true }],
  ['protection', {}, 'Anyone on the internet who knows the URL can start this', { isUnsafe: true }],
  [
    'protection',
    { ipAllowlist: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'] },
    'Anyone at these addresses who knows the URL can start this: · 192.0.2.1, 192.0.2.2, 192.0.2.3, …',
  ],
  [
    'protection',
    {
      auth: { type: 'provider', provider: 'github', secrets: SECRETS },
      rateLimit: { points: 5, duration: 10, per: 'address' },
      cors: { origins: ['https://shop.example'] },
    },
    'Only calls signed by GitHub · 5 in 10 s from each address · https://shop.example',
  ],
  [
    'protection',
    { auth: { type: 'provider', provider: 'gitlab', secrets: SECRETS } },
    'Only calls with the secret of GitLab',
  ],
  [
    'protection',
    { auth: { type: 'provider', provider: 'github', secrets: [] } },
    'Every call is refused until a secret is set.',
    { isUnsafe: true },
  ],
  ['protection', { auth: { type: 'token', in: 'header', name: 'x', secrets: SECRETS } }, 'Only calls with the token'],
  ['runs', {}, 'In order of arrival · kept for 30 days'],
  [
    'runs',
    { concurrency: 4, orderBy: 'json:id', retry: { times: 2 } },
    '4 at once · in order for each json:id · tried up to 3 times · kept for 30 days',
  ],
])('a folded group says what it comes to: %s, %j', (key, stored, words, { isSync = false, isUnsafe = false } = {}) => {
  const group = PANEL_GROUPS.find((row) => row.key === key);
  const summary = group?.summary({ config: resolveConfig(stored), t, language: 'en-US', isSync });
  expect({ isUnsafe: false, ...summary }).toEqual({ words, isUnsafe });
});
