import { ED25519_HEX } from './keys';
import type { Challenge } from './types';

const AT = 1_700_000_000;

const SLACK = {
  body: '{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}',
  timestamp: '1700000000',
};

/** The challenges of all schemes that are data. */
export const CHALLENGES: Challenge[] = [
  {
    name: 'Slack',
    provider: 'slack',
    source:
      'body of https://docs.slack.dev/reference/events/url_verification; signature computed once with Python hmac',
    secrets: ['8f742231b10e8888abcd99yyyzzz85a5'],
    request: {
      headers: {
        'x-slack-request-timestamp': SLACK.timestamp,
        'x-slack-signature': 'v0=76c303eba32e8ec5639c84f822b2c64cdb1ea7e94fdd6d7b0b958d8e40c0959f',
      },
      body: SLACK.body,
    },
    at: AT,
    reply: {
      kind: 'url_verification',
      status: 200,
      contentType: 'text/plain',
      body: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
    },
    broken: { headers: { 'x-slack-request-timestamp': SLACK.timestamp }, body: SLACK.body },
  },
  {
    name: 'Zoom',
    provider: 'zoom',
    source: 'body of https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint; Python hmac',
    secrets: [{ name: 'zoom', value: 'zoom-secret-token' }],
    request: {
      headers: {
        'x-zm-request-timestamp': '1700000000',
        'x-zm-signature': 'v0=58f944042f127e5fde4f63c1e6a81adf7ce8f95d3c50868308092e3bdd8bcb94',
      },
      body: '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}',
    },
    at: AT,
    reply: {
      kind: 'endpoint.url_validation',
      status: 200,
      contentType: 'application/json',
      body: '{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"d9e0d764a78494688ba3f2d5c0ed4ca311394b4834d959759213424d2df961e3"}',
    },
    broken: {
      body: '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}',
    },
  },
  {
    name: 'Meta',
    provider: 'meta',
    source: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
    secrets: [],
    options: { verifyToken: 'meatyhamhock' },
    request: {
      method: 'GET',
      url: '/api/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock',
    },
    at: AT,
    reply: { kind: 'hub.challenge', status: 200, contentType: 'text/plain', body: '1158201444' },
    broken: {
      method: 'GET',
      url: '/api/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhocks',
    },
  },
  {
    name: 'Notion',
    provider: 'notion',
    source: 'https://developers.notion.com/reference/webhooks',
    secrets: [],
    request: { body: '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}' },
    at: AT,
    reply: {
      kind: 'verification_token',
      status: 200,
      captureSecret: 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl',
    },
    broken: { body: '{"id":"1782edd6-a853-4d4a-b02c-9c8c16f28e53","type":"page.created"}' },
  },
  {
    name: 'Okta',
    provider: 'okta',
    source: 'https://developer.okta.com/docs/concepts/event-hooks/',
    secrets: [],
    request: { method: 'GET', headers: { 'x-okta-verification-challenge': 'My string "quoted"' } },
    at: AT,
    reply: {
      kind: 'verification challenge',
      status: 200,
      contentType: 'application/json',
      body: '{"verification":"My string \\"quoted\\""}',
    },
  },
  {
    name: 'Microsoft Graph',
    provider: 'msgraph',
    source: 'https://learn.microsoft.com/graph/change-notifications-delivery-webhooks',
    secrets: ['graph-client-state'],
    request: { url: '/api/webhooks/graph?validationToken=Validation%3A+Testing+%3Cb%3E' },
    at: AT,
    reply: {
      kind: 'validationToken',
      status: 200,
      contentType: 'text/plain',
      body: 'Validation: Testing <b>',
    },
  },
  {
    name: 'CloudEvents',
    provider: 'cloudevents',
    source: 'https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md, section 4',
    secrets: [],
    options: { allowedOrigins: 'example.org, eventemitter.example.com' },
    request: {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventemitter.example.com', 'webhook-request-rate': '120' },
    },
    at: AT,
    reply: {
      kind: 'WebHook-Request-Origin',
      status: 200,
      headers: {
        'WebHook-Allowed-Origin': 'eventemitter.example.com',
        'WebHook-Allowed-Rate': '120',
        Allow: 'POST',
      },
    },
    broken: { method: 'OPTIONS', headers: { 'webhook-request-origin': 'evil.example.com' } },
  },
  {
    name: 'GitHub',
    provider: 'github',
    source: 'https://docs.github.com/en/webhooks/webhook-events-and-payloads#ping; Python hmac',
    secrets: ['a-signing-secret'],
    request: {
      headers: {
        'x-github-event': 'ping',
        'x-hub-signature-256': 'sha256=6da7eef26958cefbaf630d874c694d73bfc16fad4f19bc5dc3b9e9d9e1c37a6f',
      },
      body: '{"zen":"Keep it logically awesome.","hook_id":1,"hook":{"type":"Repository"}}',
    },
    at: AT,
    reply: { kind: 'ping', status: 200 },
    broken: {
      headers: {
        'x-github-event': 'ping',
      },
      body: '{"zen":"Keep it logically awesome.","hook_id":1,"hook":{"type":"Repository"}}',
    },
  },
  {
    name: 'PagerDuty',
    provider: 'pagerduty',
    source: 'https://developer.pagerduty.com/docs/webhooks-overview; Python hmac',
    secrets: ['a-signing-secret'],
    request: {
      headers: {
        'x-pagerduty-signature': 'v1=84ad373478277b047f7686081c7b837eb729b405d2d550b43a3962b13890489f',
      },
      body: '{"event":{"id":"01FKZOXA868SHYEE4DVNWB5P9W","event_type":"pagey.ping","resource_type":"pagey","occurred_at":"2025-04-07T03:00:55.532Z","data":{"message":"Hello from your friend Pagey!","type":"ping"}}}',
    },
    at: AT,
    reply: { kind: 'pagey.ping', status: 200 },
    broken: {
      headers: {},
      body: '{"event":{"id":"01FKZOXA868SHYEE4DVNWB5P9W","event_type":"pagey.ping","resource_type":"pagey","occurred_at":"2025-04-07T03:00:55.532Z","data":{"message":"Hello from your friend Pagey!","type":"ping"}}}',
    },
  },
  {
    name: 'WeChat official account',
    provider: 'wechat-mp',
    source: 'computed once with Python hashlib',
    secrets: ['wechatToken1'],
    request: {
      method: 'GET',
      url: '/api/webhooks/wx?signature=37c6729bc963d451c049b1bffb6cc501d85cab67&timestamp=1700000000&nonce=1320562132&echostr=5921472138925317234',
    },
    at: AT,
    reply: { kind: 'echostr', status: 200, contentType: 'text/plain', body: '5921472138925317234' },
    broken: {
      method: 'GET',
      url: '/api/webhooks/wx?signature=37c6729bc963d451c049b1bffb6cc501d85cab67&timestamp=1700000001&nonce=1320562132&echostr=5921472138925317234',
    },
  },
  {
    name: 'Discord interactions',
    provider: 'discord',
    source: 'computed once with openssl pkeyutl -sign -rawin',
    secrets: [ED25519_HEX],
    request: {
      headers: {
        'x-signature-timestamp': '1700000000',
        'x-signature-ed25519':
          '0d84cf99d810fc94129e2533a1cd2d063937d368f9ac77e37861483a044da4898b4293e656b8b770cbc199d77564561a909dfa1980f39a623844eefd32ac2d04',
      },
      body: '{"id":"1002","type":1,"token":"t2"}',
    },
    at: AT,
    reply: {
      kind: 'interaction ping',
      status: 200,
      contentType: 'application/json',
      body: '{"type":1}',
    },
    broken: {
      headers: {
        'x-signature-timestamp': '1700000001',
        'x-signature-ed25519':
          '0d84cf99d810fc94129e2533a1cd2d063937d368f9ac77e37861483a044da4898b4293e656b8b770cbc199d77564561a909dfa1980f39a623844eefd32ac2d04',
      },
      body: '{"id":"1002","type":1,"token":"t2"}',
    },
  },
  {
    name: 'Discord events',
    provider: 'discord',
    source: 'computed once with openssl pkeyutl -sign -rawin',
    secrets: [ED25519_HEX],
    request: {
      headers: {
        'x-signature-timestamp': '1700000000',
        'x-signature-ed25519':
          '93331f56e5afa3aad775238ec49318623a60f8caad29db988f50c532aae0e1948fc64f90688acf4a54c115136b1e5ce110a41b47c812bb21bbc48cde3dbbb70b',
      },
      body: '{"version":1,"application_id":"9","type":0}',
    },
    at: AT,
    reply: { kind: 'event ping', status: 204 },
    broken: { body: '{"version":1,"application_id":"9","type":0}' },
  },
];
