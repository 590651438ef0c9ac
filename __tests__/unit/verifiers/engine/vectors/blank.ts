import { createHash, createHmac } from 'node:crypto';
import type { WebhookAuth } from '../../../../../src/common/auth';
import type { VerifyInput, VerifyRequest } from '../../../../../src/server/verifiers/types';

const NOW = 1_700_000_000;
const BODY = '{"id":"1","a":1}';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const GET_URL = 'https://nocobase.example.com/api/webhooks/key';

/** A request that is right if the webhook's secret is the one given: what anybody can make who guesses that it's blank. */
export interface BlankSigned {
  path: string;
  input: VerifyInput;
}

/** One request for every way in which a shared secret is used. */
export function signedWith(secret: string): BlankSigned[] {
  const hmac = (text: string, encoding: 'hex' | 'base64', alg = 'sha256') =>
    createHmac(alg, secret).update(text).digest(encoding);
  const hash = (alg: string, text: string) => createHash(alg).update(text).digest('hex');
  const path = (name: string, auth: object, request: Partial<VerifyRequest>): BlankSigned => ({
    path: name,
    input: {
      auth: auth as WebhookAuth,
      request: { method: 'POST', url: GET_URL, headers: {}, rawBody: Buffer.from(BODY), ...request },
      now: NOW,
    },
  });
  const provider = (id: string, request: Partial<VerifyRequest>, options: object = {}): BlankSigned =>
    path(id, { type: 'provider', provider: id, secrets: [secret], options }, request);
  const query = (values: Record<string, string>) => `${GET_URL}?${new URLSearchParams(values)}`;
  const sorted = (...parts: string[]) => hash('sha1', parts.sort().join(''));

  return [
    path('basic', { type: 'basic', username: 'u', passwords: [secret] }, basic(`u:${secret}`)),
    path(
      'token in a header',
      { type: 'token', in: 'header', name: 'x-key', secrets: [secret] },
      { headers: { 'x-key': secret } },
    ),
    path(
      'token behind a word',
      { type: 'token', in: 'header', name: 'authorization', scheme: 'Bearer', secrets: [secret] },
      { headers: { authorization: `Bearer ${secret}` } },
    ),
    path(
      'token in the query',
      { type: 'token', in: 'query', name: 't', secrets: [secret] },
      { url: query({ t: secret }) },
    ),
    path(
      'custom HMAC',
      { type: 'signature', sig: { from: 'header:x-sig' }, secrets: [secret] },
      { headers: { 'x-sig': hmac(BODY, 'hex') } },
    ),
    path(
      'token in the body',
      { type: 'token', in: 'body', name: 'auth.token', secrets: [secret] },
      { rawBody: Buffer.from(JSON.stringify({ auth: { token: secret } })) },
    ),
    path(
      'custom token',
      { type: 'signature', kind: 'token', sig: { from: 'query:t' }, secrets: [secret] },
      { url: query({ t: secret }) },
    ),
    path(
      'custom hash',
      { type: 'signature', kind: 'hash', sig: { from: 'header:x-sig' }, content: '{secret}{body}', secrets: [secret] },
      { headers: { 'x-sig': hash('sha256', secret + BODY) } },
    ),
    path(
      'custom HMAC under a digest',
      { type: 'signature', sig: { from: 'header:x-sig' }, key: { hash: 'sha1' }, secrets: [secret] },
      {
        headers: {
          'x-sig': createHmac('sha256', createHash('sha1').update(secret).digest()).update(BODY).digest('hex'),
        },
      },
    ),
    path(
      'custom JWS',
      { type: 'signature', kind: 'jws', algorithms: ['HS256'], sig: { from: 'header:x-sig' }, secrets: [secret] },
      { headers: { 'x-sig': detached(secret) } },
    ),
    provider('github', { headers: { 'x-hub-signature-256': `sha256=${hmac(BODY, 'hex')}` } }),
    provider('slack', {
      headers: { 'x-slack-request-timestamp': `${NOW}`, 'x-slack-signature': `v0=${hmac(`v0:${NOW}:${BODY}`, 'hex')}` },
    }),
    provider('dingtalk-robot', {
      headers: { timestamp: `${NOW}000`, sign: hmac(`${NOW}000\n${secret}`, 'base64') },
    }),
    provider('hubspot-v1', { headers: { 'x-hubspot-signature': hash('sha256', secret + BODY) } }),
    provider('wechat-mp', {
      url: query({ timestamp: `${NOW}`, nonce: 'n', signature: sorted(secret, `${NOW}`, 'n') }),
    }),
    provider('gitlab', { headers: { 'x-gitlab-token': secret } }),
    provider('msgraph', { rawBody: Buffer.from(JSON.stringify({ value: [{ id: '1', clientState: secret }] })) }),
    provider('cloudevents', { headers: { authorization: `Bearer ${secret}` } }),
    provider('twilio', {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': hmac(`${GET_URL}a1`, 'base64', 'sha1'),
      },
      rawBody: Buffer.from('a=1'),
    }),
    provider('feishu', {
      headers: {
        'x-lark-request-timestamp': `${NOW}`,
        'x-lark-request-nonce': 'n',
        'x-lark-signature': hash('sha256', `${NOW}n${secret}${BODY}`),
      },
    }),
    provider(
      'wechat-mp-secure',
      {
        method: 'GET',
        url: query({ timestamp: `${NOW}`, nonce: 'n', echostr: 'e', signature: sorted(secret, `${NOW}`, 'n') }),
      },
      { encodingAESKey: AES_KEY, receiveId: 'id' },
    ),
  ];
}

function basic(credentials: string): Pick<VerifyRequest, 'headers'> {
  return { headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } };
}

function detached(secret: string): string {
  const header = Buffer.from('{"alg":"HS256"}').toString('base64url');
  const signed = `${header}.${Buffer.from(BODY).toString('base64url')}`;
  return `${header}..${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
