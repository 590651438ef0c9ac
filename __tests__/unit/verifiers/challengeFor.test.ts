import type { WebhookAuth } from '../../../src/common/auth';
import { HEADER_NAME } from '../../../src/common/httpFields';
import { PROVIDERS } from '../../../src/common/providers';
import { challengeFor } from '../../../src/server/verifiers/challengeFor';

const REALM = 'realm="webhook 2c70e12b"';
const token = (more: object) => ({ type: 'token', in: 'header', name: 'authorization', secrets: [], ...more });
const jwt = (more: object) => ({ type: 'jwt', algorithms: ['HS256'], ...more });
const provider = (id: string) => ({ type: 'provider', provider: id, secrets: [] });

it.each<[object, string]>([
  [{ type: 'basic', username: 'u', passwords: [] }, `Basic ${REALM}, charset="UTF-8"`],
  [token({ name: 'Authorization', scheme: 'bearer ' }), `Bearer ${REALM}`],
  [token({ scheme: 'Token' }), `Token ${REALM}`],
  [token({ scheme: 'basic' }), `Basic ${REALM}, charset="UTF-8"`],
  [token({ scheme: 'two words' }), `Webhook-Token ${REALM}`],
  [token({ scheme: 'a"b' }), `Webhook-Token ${REALM}`],
  [token({}), `Webhook-Token ${REALM}`],
  [token({ name: 'x-api-key', scheme: 'Bearer' }), `Webhook-Token ${REALM}`],
  [token({ in: 'query', name: 'authorization', scheme: 'Bearer' }), `Webhook-Token ${REALM}`],
  [jwt({}), `Bearer ${REALM}`],
  [jwt({ name: 'authorization', scheme: 'DPoP' }), `DPoP ${REALM}`],
  [jwt({ name: 'x-jwt' }), `Webhook-Token ${REALM}`],
  [jwt({ in: 'query' }), `Webhook-Token ${REALM}`],
  [{ type: 'signature' }, `Webhook-Signature ${REALM}`],
  [{ type: 'mtls' }, `Webhook-Certificate ${REALM}`],
  [provider('github'), `Webhook-Signature ${REALM}`],
  [provider('gitlab'), `Webhook-Token ${REALM}`],
  [provider('okta'), `Webhook-Token ${REALM}`],
  [provider('cloudevents'), `Bearer ${REALM}`],
  [provider('aws-sns'), `Webhook-Signature ${REALM}`],
  [provider('gone'), `Webhook-Signature ${REALM}`],
])('%j', (auth, challenge) => {
  expect(challengeFor(auth as WebhookAuth, 'key')).toBe(challenge);
});

it('is another realm for another webhook', () => {
  expect(challengeFor({ type: 'signature', sig: { from: 'header:x' }, secrets: [] }, 'other')).not.toContain(REALM);
});

it.each(PROVIDERS.map(({ id }) => id))('%s has one that can be sent', (id) => {
  const [scheme, ...rest] = challengeFor(provider(id) as WebhookAuth, 'key').split(' ');
  expect(scheme).toMatch(HEADER_NAME);
  expect(rest.join(' ')).toMatch(/^realm="webhook 2c70e12b"/);
});
