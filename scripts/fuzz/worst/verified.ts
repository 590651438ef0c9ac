import { createHmac } from 'node:crypto';
import type { WebhookConfigInput } from '../../../src/common/config';
import type { Head, Sender } from './senders';
import { times } from './fill';

/** As many as a webhook can have: the right one is tried last. */
const SECRETS = [...times(19, (n) => `another secret ${n}`), 's3cret-of-the-sender'];
const SECRET = 's3cret-of-the-sender';

const head = (headers: Record<string, string>, query: Record<string, string> = {}): Head => ({ headers, query });
const bearer = (): Head => head({ authorization: `Bearer ${SECRET}` });
const hmac = (text: Buffer): Head => head({ 'x-sig': createHmac('sha256', SECRET).update(text).digest('hex') });

const ECHO: WebhookConfigInput = {
  response: { status: 200, contentType: 'application/json', headers: [], body: { data: '{{$context.data}}' } },
};

const TOKEN = { type: 'token', in: 'header', name: 'authorization', scheme: 'Bearer', secrets: SECRETS } as const;
const BODY_TOKEN = { type: 'token', in: 'body', name: 'token', secrets: SECRETS } as const;
const CUSTOM = { type: 'signature', secrets: SECRETS, sig: { from: 'header:x-sig' } } as const;

/** A body with the token in it, where its format has a place for one. */
function withToken(body: Buffer, contentType: string | null): Buffer {
  const field = `"token":"${SECRET}"`;
  if (contentType?.includes('urlencoded')) {
    return Buffer.concat([Buffer.from(`token=${SECRET}&`), body]);
  }
  switch (contentType?.includes('json') ? body.toString('latin1', 0, 1) : '') {
    case '[':
      return Buffer.concat([Buffer.from(`{${field},"list":`), body, Buffer.from('}')]);
    case '{':
      return Buffer.concat([Buffer.from(`{${field},`), body.subarray(1)]);
    default:
      return body;
  }
}

/** Senders who have the secret, and of whose bodies therefore everything is read, looked through and kept. */
export const VERIFIED_SENDERS: readonly Sender[] = [
  { name: 'verified by a token', auth: TOKEN, head: bearer },
  { name: 'verified by a token in the body', auth: BODY_TOKEN, head: () => head({}), body: withToken },
  {
    name: 'verified by a token in the query',
    auth: { type: 'token', in: 'query', name: 'token', secrets: SECRETS },
    head: () => head({}, { token: SECRET }),
    settings: { body: { keepRaw: true } },
  },
  {
    name: 'verified by a password',
    auth: { type: 'basic', username: 'sender', passwords: SECRETS.slice(-2) },
    head: () => head({ authorization: `Basic ${Buffer.from(`sender:${SECRET}`).toString('base64')}` }),
  },
  { name: 'verified by a signature', auth: CUSTOM, head: hmac },
  {
    name: 'verified by a signature, answered with the body',
    auth: CUSTOM,
    head: hmac,
    settings: ECHO,
  },
  { name: 'waiting for the body', auth: TOKEN, head: bearer, settings: ECHO, sync: true },
  {
    name: 'waiting for the body, unverified',
    auth: { type: 'none' },
    head: () => head({}),
    settings: ECHO,
    sync: true,
  },
];
