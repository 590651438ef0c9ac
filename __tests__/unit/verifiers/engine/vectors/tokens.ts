import type { Vector } from './types';

const PLAIN = 'the token as it is; nothing is computed';

const VECTORS: Vector[] = [
  {
    provider: 'gitlab',
    source: PLAIN,
    secret: 'glhook-token-1',
    otherSecret: 'glhook-token-2',
    request: {
      headers: { 'x-gitlab-token': 'glhook-token-1', 'idempotency-key': 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f' },
      body: '{"object_kind":"push"}',
    },
    at: 1_700_000_000,
    deliveryId: 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
    signature: 'header:x-gitlab-token',
  },
  {
    provider: 'gitee-password',
    source: PLAIN,
    secret: 'gitee-password-1',
    otherSecret: 'gitee-password-2',
    request: { headers: { 'x-gitee-token': 'gitee-password-1' }, body: '{"hook_name":"push_hooks"}' },
    at: 1_700_000_000,
    deliveryId: null,
    signature: 'header:x-gitee-token',
  },
  {
    provider: 'telegram',
    source: `${PLAIN}; the rule: https://core.telegram.org/bots/api#setwebhook`,
    secret: 'tg_secret-1',
    otherSecret: 'tg_secret-2',
    request: {
      headers: { 'x-telegram-bot-api-secret-token': 'tg_secret-1' },
      body: '{"update_id":10000,"message":{"text":"hi"}}',
    },
    at: 1_700_000_000,
    deliveryId: '10000',
    signature: 'header:x-telegram-bot-api-secret-token',
  },
  {
    provider: 'okta',
    source: PLAIN,
    secret: 'okta-hook-secret',
    otherSecret: 'okta-other-secret',
    request: {
      headers: { authorization: 'okta-hook-secret' },
      body: '{"eventId":"b5a188b9-5ece-4636-b041-482ffda96311","data":{"events":[{"uuid":"c5a188b9-5ece-4636-b041-482ffda96311"}]}}',
    },
    at: 1_700_000_000,
    deliveryId: 'c5a188b9-5ece-4636-b041-482ffda96311',
    signature: 'header:authorization',
  },
  {
    provider: 'msgraph',
    source: PLAIN,
    secret: 'graph-client-state',
    otherSecret: 'graph-other-state',
    request: { body: '{"value":[{"id":"n1","subscriptionId":"s1","clientState":"graph-client-state"}]}' },
    at: 1_700_000_000,
    deliveryId: 'n1',
    plaintext: '{"value":[{"id":"n1","subscriptionId":"s1","clientState":"graph-client-state"}]}',
    signature: 'json:value[].clientState',
  },
  {
    provider: 'cloudevents',
    source: PLAIN,
    secret: 'ce-token',
    otherSecret: 'ce-other-token',
    request: {
      headers: { authorization: 'Bearer ce-token', 'ce-id': 'A234-1234-1234', 'ce-source': '/mycontext' },
      body: '{}',
    },
    at: 1_700_000_000,
    deliveryId: '/mycontext A234-1234-1234',
    signature: 'header:authorization',
  },
  {
    provider: 'cloudevents',
    source: PLAIN,
    secret: 'ce-token',
    otherSecret: 'ce-other-token',
    request: { url: '/api/webhooks/ce?access_token=ce-token', headers: { 'ce-id': 'A234-1234-1234' }, body: '{}' },
    at: 1_700_000_000,
    deliveryId: 'A234-1234-1234',
    signature: 'query:access_token',
  },
];

/** Schemes in which a shared token is sent along. */
export const TOKEN_VECTORS = VECTORS.map((vector): Vector => ({ ...vector, isToken: true, signsBody: false }));
