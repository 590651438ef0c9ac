import { randomBytes } from 'node:crypto';
import { CODE_PROVIDERS } from '../../../../src/server/verifiers/providers';
import { attempt, type Attempt } from './support';

const HEADERS = [
  'signature',
  'signature-input',
  'content-digest',
  'x-lark-signature',
  'x-lark-request-timestamp',
  'x-lark-request-nonce',
  'x-twilio-signature',
  'paypal-transmission-id',
  'paypal-transmission-time',
  'paypal-auth-algo',
  'paypal-cert-url',
  'paypal-transmission-sig',
];
const BODIES: (string | Buffer)[] = [
  '',
  'null',
  '[]',
  '"x"',
  '{}',
  '{"encrypt":"AAAA"}',
  '{"encrypt":{}}',
  '{"__proto__":{"encrypt":"AAAA"}}',
  '{"notificationItems":[null,1,{}]}',
  '{"notificationItems":[{"NotificationRequestItem":{"amount":[],"additionalData":"x"}}]}',
  '{"Type":"Notification"}',
  '{"Type":"toString","SignatureVersion":"__proto__"}',
  '<xml>',
  '<xml><Encrypt/></xml>',
  '<xml><Encrypt>AAAA</Encrypt></xml>',
  '<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>',
  '<a>'.repeat(10_000),
  'sign=AAAA&sign_type=RSA2',
  '&&&=',
  '%',
  Buffer.from([0xff, 0xfe, 0x00]),
];
const VALUES = [
  '',
  'x',
  'AAAA',
  '\u0000',
  'é',
  '=',
  '()',
  'sig1=()',
  'sig1=:AAAA:',
  'a'.repeat(5000),
  '-1',
  'NaN',
  '9'.repeat(400),
  'https://',
];
const OPTIONS: Record<string, unknown>[] = [
  {},
  {
    encodingAESKey: 'a'.repeat(43),
    receiveId: 1,
    verificationToken: {},
    topicArn: '*',
    appId: [],
    components: 'x',
    keyEncoding: 'base64',
    algorithm: 'none',
  },
];

describe.each(Object.keys(CODE_PROVIDERS))('%s', (provider) => {
  it('refuses whatever it does not understand, and never throws', async () => {
    for (const rawBody of BODIES) {
      for (const [index, value] of VALUES.entries()) {
        const encoded = encodeURIComponent(value);
        const query = ['msg_signature', 'signature', 'timestamp', 'nonce', 'echostr', 'bodySHA256'].map(
          (name) => `${name}=${encoded}`,
        );
        const given: Attempt = {
          request: {
            method: index % 2 ? 'GET' : 'POST',
            url: index % 3 ? `/hook?${query.join('&')}` : value,
            headers: Object.fromEntries(HEADERS.map((name) => [name, value])),
            rawBody,
          },
          secrets: ['secret', '', '-----BEGIN PUBLIC KEY-----', '{"kty":"RSA"}', '{"keys":[null]}'],
          options: OPTIONS[index % OPTIONS.length],
          now: 1_700_000_000,
        };
        expect((await attempt(provider, given)).ok).toBe(false);
      }
    }
  });

  it('refuses random bytes, without secrets too', async () => {
    for (let round = 0; round < 50; round += 1) {
      const headers = Object.fromEntries(HEADERS.map((name) => [name, randomBytes(20).toString('latin1')]));
      const request = { rawBody: randomBytes(round * 3), headers, url: `/?${randomBytes(20).toString('latin1')}` };
      expect((await attempt(provider, { request })).ok).toBe(false);
    }
  });
});
