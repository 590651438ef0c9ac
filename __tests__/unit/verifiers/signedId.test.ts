import { PROVIDERS } from '../../../src/common/providers';
import { CATALOGUE_FACTS } from './engine/vectors/catalogue';
import type { WebhookAuth } from '../../../src/common/auth';
import { isDeliveryIdSigned } from '../../../src/common/signedId';

const signed = (provider: string) => isDeliveryIdSigned({ type: 'provider', provider, secrets: [] });

/** Every provider whose deliveries have an id that is not part of what the signature covers. */
const UNSIGNED = [
  'bitbucket',
  'cloudevents',
  'dingtalk-robot',
  'github',
  'gitlab',
  'jira',
  'msgraph',
  'okta',
  'sentry',
  'shopify',
  'telegram',
  'wechat-mp',
];

const withId = PROVIDERS.filter(({ scheme, jwt, basic }) =>
  scheme || jwt ? ((scheme ?? jwt)?.id ?? []).length > 0 : !basic,
);

it('tells of every provider whether its delivery id is signed', () => {
  const unsigned = withId.filter(({ id }) => !signed(id)).map(({ id }) => id);
  const catalogue = CATALOGUE_FACTS.filter(({ idSigned }) => idSigned === false).map(({ provider }) => provider);
  expect(unsigned.sort()).toEqual([...UNSIGNED, ...catalogue].sort());
});

it('has it said of every provider with code of its own, and by the scheme of every other', () => {
  for (const { id, scheme, jwt, basic, idSigned } of PROVIDERS) {
    expect({ id, said: idSigned !== undefined }).toEqual({ id, said: !(scheme || jwt || basic) });
  }
});

it.each<[string, boolean, WebhookAuth]>([
  ['in the signed body', true, { type: 'signature', sig: { from: 'header:s' }, id: ['json:id'], secrets: [] }],
  ['in a header', false, { type: 'signature', sig: { from: 'header:s' }, id: ['header:x-id'], secrets: [] }],
  [
    'in a header that is signed',
    true,
    { type: 'signature', sig: { from: 'header:s' }, content: '{header:x-id}.{body}', id: ['header:x-id'], secrets: [] },
  ],
  [
    'in the body, which is not signed',
    false,
    { type: 'signature', sig: { from: 'header:s' }, content: '{ts}', id: ['json:id'], secrets: [] },
  ],
  [
    'in one place that is signed or another that is not',
    false,
    { type: 'signature', sig: { from: 'header:s' }, id: ['json:id', 'header:x-id'], secrets: [] },
  ],
  ['nowhere', false, { type: 'none' }],
])('an id %s: %s', (_where, expected, auth) => {
  expect(isDeliveryIdSigned(auth)).toBe(expected);
});
