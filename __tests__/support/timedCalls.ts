import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';

// Calls as services sign them, at any time and with any body: by Node's own crypto, not by the engine.

/** The secret of all but Plaid. */
export const SECRET = 'a-signing-secret';

/** An HMAC under {@link SECRET}. */
export const hmac = (text: string, encoding: 'hex' | 'base64' = 'hex', alg = 'sha256') =>
  createHmac(alg, SECRET).update(text).digest(encoding);
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => {
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
};
/** In hex. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A signed call. */
export interface Call {
  headers: Record<string, string>;
  body: string;
  url?: string;
  secret?: string;
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PLAID_KEY = JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' });

/** How each of them signs a body, at a time in seconds. */
const SIGNED: Record<string, (body: string, at: number) => Call> = {
  dropbox: (body) => ({ body, headers: { 'x-dropbox-signature': hmac(body) } }),
  clickup: (body) => ({ body, headers: { 'x-signature': hmac(body) } }),
  'flutterwave-v4': (body) => ({ body, headers: { 'flutterwave-signature': hmac(body, 'base64') } }),
  paystack: (body) => ({ body, headers: { 'x-paystack-signature': hmac(body, 'hex', 'sha512') } }),
  revolut: (body, at) => ({
    body,
    headers: {
      'revolut-signature': `v1=${hmac(`v1.${at * 1000}.${body}`)}`,
      'revolut-request-timestamp': String(at * 1000),
    },
  }),
  grafana: (body, at) => ({
    body,
    headers: {
      'x-grafana-alerting-signature': hmac(`${at}:${body}`),
      'x-grafana-alerting-signature-timestamp': String(at),
    },
  }),
  webflow: (body, at) => ({
    body,
    headers: { 'x-webflow-signature': hmac(`${at * 1000}:${body}`), 'x-webflow-timestamp': String(at * 1000) },
  }),
  zendesk: (body, at) => {
    const time = new Date(at * 1000).toISOString();
    return {
      body,
      headers: {
        'x-zendesk-webhook-signature': hmac(`${time}${body}`, 'base64'),
        'x-zendesk-webhook-signature-timestamp': time,
      },
    };
  },
  zoom: (body, at) => ({
    body,
    headers: { 'x-zm-signature': `v0=${hmac(`v0:${at}:${body}`)}`, 'x-zm-request-timestamp': String(at) },
  }),
  plaid: (body, at) => {
    const header = base64url({ alg: 'ES256', kid: 'k', typ: 'JWT' });
    const signed = `${header}.${base64url({ iat: at, request_body_sha256: sha256(body) })}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return {
      body,
      secret: PLAID_KEY,
      headers: { 'plaid-verification': `${signed}.${signature.toString('base64url')}` },
    };
  },
  vonage: (body, at) => ({
    body,
    headers: { authorization: `Bearer ${jwt({ iat: at, jti: 'j', payload_hash: sha256(body) })}` },
  }),
  netlify: (body) => ({
    body,
    headers: { 'x-webhook-signature': jwt({ iss: 'netlify', sha256: sha256(body) }) },
  }),
};

/** A call of a service; `at` in seconds. */
export function signedCall(provider: string, body: object, at: number): Call {
  const signed = SIGNED[provider]?.(JSON.stringify(body), at);
  if (!signed) {
    throw new Error(`${provider} is not signed here`);
  }
  return signed;
}
