import { constants, createHash, createHmac, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { WebhookAuth } from '../../src/common/auth';
import { sharedHost, unique } from '../support/hosts';
import { createWebhook, finishedExecutions, listExecutions, waitFor } from '../support/workflows';

// Schemes of services from the list, set up by hand as a maker does for one that isn't: through the real API, and called
// through the front door. What signs here is Node's own, by the rule that each service documents.

const host = sharedHost('postgres');
const { api } = host;

interface Call {
  method?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: string;
}

interface Scheme {
  auth: () => WebhookAuth;
  /** A call as the sender makes it to this URL, now; with `wrong`, by another secret or key. */
  call: (url: string, wrong: boolean) => Call | Promise<Call>;
  /** The webhook's own path, where the scheme is about it. */
  path?: string;
}

const SECRET = 's3cret-of-the-maker';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const BODY = '{"id":"e-1","event":"order.paid"}';
const mac = (alg: string, wrong: boolean, text: string) => createHmac(alg, wrong ? 'other' : SECRET).update(text);
const pem = (key: KeyObject) => String(key.export({ format: 'pem', type: 'spki' }));
const [ec, otherEc] = [
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
];
const [rsa, otherRsa] = [
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
];
const ed = generateKeyPairSync('ed25519');
const ecKey = (wrong: boolean) => (wrong ? otherEc : ec).privateKey;

const SCHEMES: Record<string, Scheme> = {
  'Twilio: the URL and the sorted fields of a form': {
    auth: () => ({
      type: 'signature',
      alg: 'sha1',
      sig: { from: 'header:x-twilio-signature', enc: 'base64' },
      content: '{url}{sorted-form}',
      id: ['form:CallSid'],
      secrets: [SECRET],
    }),
    call: (url, wrong) => ({
      query: '?a=1',
      headers: {
        ...FORM,
        'x-twilio-signature': mac('sha1', wrong, `${url}?a=1CallSidCA1Digits12From+31`).digest('base64'),
      },
      body: 'Digits=12&CallSid=CA1&From=%2B31',
    }),
  },
  'Contentful: a canonical request over the headers that it lists': {
    auth: () => ({
      type: 'signature',
      sig: { from: 'header:x-contentful-signature' },
      ts: { from: 'header:x-contentful-timestamp', unit: 'ms', tol: 30 },
      content: '{method}\n{target}\n{headers}\n{body}',
      headers: { names: 'header:x-contentful-signed-headers', join: ';', required: ['x-contentful-timestamp'] },
      secrets: [SECRET],
    }),
    call: (url, wrong) => {
      const time = String(Date.now());
      const list = 'x-contentful-signed-headers,x-contentful-timestamp';
      const { pathname } = new URL(url);
      const text = `POST\n${pathname}\nx-contentful-signed-headers:${list};x-contentful-timestamp:${time}\n${BODY}`;
      return {
        headers: {
          ...JSON_TYPE,
          'x-contentful-timestamp': time,
          'x-contentful-signed-headers': list,
          'x-contentful-signature': mac('sha256', wrong, text).digest('hex'),
        },
        body: BODY,
      };
    },
  },
  'Recurly: a list whose first item is the time': {
    auth: () => ({
      type: 'signature',
      sig: { from: 'header:recurly-signature', split: ',' },
      ts: { from: 'sig:#1', unit: 'ms', tol: 300 },
      content: '{ts}.{body}',
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const time = Date.now();
      const signature = mac('sha256', wrong, `${time}.${BODY}`).digest('hex');
      return { headers: { ...JSON_TYPE, 'recurly-signature': `${time},${'0'.repeat(64)},${signature}` }, body: BODY };
    },
  },
  'Box: any of two headers, and a date': {
    auth: () => ({
      type: 'signature',
      sig: { from: ['header:box-signature-primary', 'header:box-signature-secondary'], any: true, enc: 'base64' },
      ts: { from: 'header:box-delivery-timestamp', unit: 'rfc3339', tol: 600 },
      content: '{body}{ts}',
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const time = new Date().toISOString();
      return {
        headers: {
          ...JSON_TYPE,
          'box-delivery-timestamp': time,
          'box-signature-primary': mac('sha256', true, BODY + time).digest('base64'),
          'box-signature-secondary': mac('sha256', wrong, BODY + time).digest('base64'),
        },
        body: BODY,
      };
    },
  },
  'Trello: the body and the URL': {
    auth: () => ({
      type: 'signature',
      alg: 'sha1',
      sig: { from: 'header:x-trello-webhook', enc: 'base64' },
      content: '{body}{url}',
      handshake: [{ kind: 'probe', when: { method: 'HEAD' }, auth: 'none', reply: { status: 200 } }],
      secrets: [SECRET],
    }),
    call: (url, wrong) => ({
      headers: { ...JSON_TYPE, 'x-trello-webhook': mac('sha1', wrong, BODY + url).digest('base64') },
      body: BODY,
    }),
  },
  'Braintree: parts of an item, a digest as key, a field of a form': {
    auth: () => ({
      type: 'signature',
      alg: 'sha1',
      sig: { from: 'form:bt_signature', split: '&', parts: { by: '|', key: 1, sig: 2 } },
      content: '{form:bt_payload}',
      key: { hash: 'sha1' },
      secrets: [{ name: 'pub1', value: SECRET }],
    }),
    call: (_url, wrong) => {
      const key = createHash('sha1')
        .update(wrong ? 'other' : SECRET)
        .digest();
      const signature = createHmac('sha1', key).update('PGE+PC9hPg==').digest('hex');
      const fields = { bt_signature: `pub0|${'0'.repeat(40)}&pub1|${signature}`, bt_payload: 'PGE+PC9hPg==' };
      return { headers: FORM, body: String(new URLSearchParams(fields)) };
    },
  },
  'Midtrans: a hash of fields and the secret': {
    auth: () => ({
      type: 'signature',
      kind: 'hash',
      alg: 'sha512',
      sig: { from: 'json:signature_key' },
      content: '{json:order_id}{json:gross_amount}{secret}',
      id: ['fields:json:order_id,json:gross_amount'],
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const signature_key = createHash('sha512')
        .update(`o-1100.00${wrong ? 'other' : SECRET}`)
        .digest('hex');
      return { headers: JSON_TYPE, body: JSON.stringify({ order_id: 'o-1', gross_amount: '100.00', signature_key }) };
    },
  },
  'eBay: ECDSA, in a field of JSON in Base64': {
    auth: () => ({
      type: 'signature',
      kind: 'ecdsa',
      alg: 'sha1',
      sig: { from: 'header:x-ebay-signature', json: 'signature', enc: 'base64' },
      secrets: [pem(ec.publicKey)],
    }),
    call: (_url, wrong) => {
      const signature = signBytes('sha1', Buffer.from(BODY), ecKey(wrong)).toString('base64');
      const header = Buffer.from(JSON.stringify({ alg: 'ecdsa', kid: 'k', signature })).toString('base64');
      return { headers: { ...JSON_TYPE, 'x-ebay-signature': header }, body: BODY };
    },
  },
  'Travis CI: RSA over a field of a form': {
    auth: () => ({
      type: 'signature',
      kind: 'rsa',
      alg: 'sha1',
      sig: { from: 'header:signature', enc: 'base64' },
      content: '{form:payload}',
      secrets: [pem(rsa.publicKey)],
    }),
    call: (_url, wrong) => ({
      headers: {
        ...FORM,
        signature: signBytes('sha1', Buffer.from(BODY), (wrong ? otherRsa : rsa).privateKey).toString('base64'),
      },
      body: String(new URLSearchParams({ payload: BODY })),
    }),
  },
  'a detached JWS': {
    auth: () => ({
      type: 'signature',
      kind: 'jws',
      algorithms: ['ES256'],
      sig: { from: 'header:x-jws-signature' },
      secrets: [pem(ec.publicKey)],
    }),
    call: (_url, wrong) => {
      const header = Buffer.from('{"alg":"ES256"}').toString('base64url');
      const text = Buffer.from(`${header}.${Buffer.from(BODY).toString('base64url')}`);
      const signature = signBytes('sha256', text, { key: ecKey(wrong), dsaEncoding: 'ieee-p1363' });
      return {
        headers: { ...JSON_TYPE, 'x-jws-signature': `${header}..${signature.toString('base64url')}` },
        body: BODY,
      };
    },
  },
  'Plaid: a token that holds a hash of the body': {
    auth: () => ({
      type: 'jwt',
      name: 'plaid-verification',
      algorithms: ['ES256'],
      publicKey: JSON.stringify({ ...ec.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }),
      requireExpiry: false,
      maxAge: 300,
      bodyHash: { claim: 'request_body_sha256' },
    }),
    call: async (_url, wrong) => {
      const request_body_sha256 = createHash('sha256')
        .update(`${BODY}${wrong ? ' ' : ''}`)
        .digest('hex');
      const token = new SignJWT({ request_body_sha256 }).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).setIssuedAt();
      return { headers: { ...JSON_TYPE, 'plaid-verification': await token.sign(ec.privateKey) }, body: BODY };
    },
  },
  'Google Pub/Sub: claims that say who pushes': {
    auth: () => ({
      type: 'jwt',
      algorithms: ['RS256'],
      publicKey: pem(rsa.publicKey),
      issuer: 'https://accounts.google.com',
      audience: 'orders',
      claims: { email: ['push@project.iam.gserviceaccount.com', 'b@c.example'], email_verified: 'true' },
    }),
    call: async (_url, wrong) => {
      const email = wrong ? 'stranger@project.iam.gserviceaccount.com' : 'push@project.iam.gserviceaccount.com';
      const token = await new SignJWT({ email, email_verified: true })
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer('https://accounts.google.com')
        .setAudience('orders')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(rsa.privateKey);
      return { headers: { ...JSON_TYPE, authorization: `Bearer ${token}` }, body: BODY };
    },
  },
  'QQ bot: Ed25519 by a key that is made of the secret': {
    auth: () => ({
      type: 'signature',
      kind: 'ed25519',
      key: { enc: 'seed' },
      sig: { from: 'header:x-signature-ed25519' },
      content: '{header:x-signature-timestamp}{body}',
      secrets: ['DG5g3B4j9X2KOErG'],
    }),
    // Python cryptography.
    call: (_url, wrong) => ({
      headers: {
        ...JSON_TYPE,
        'x-signature-timestamp': wrong ? '1725442342' : '1725442341',
        'x-signature-ed25519':
          '83b6ac087184094d12acfde703017aad101fcff2f8345fd977de7300e7062b13ecf6bef86f29068624f8c6fd5747713c85a5ad5a151b2e532e8a8afcda39e80c',
      },
      body: '{"d":{"plain_token":"Arq0D5A61EgUu4OxUvOp","event_ts":"1725442341"},"op":13}',
    }),
  },
  'Paymob: numbers and truth values as they were sent': {
    auth: () => ({
      type: 'signature',
      alg: 'sha512',
      sig: { from: 'query:hmac' },
      content: '{json:obj.amount_cents}{json:obj.id}{json:obj.is_voided}{json:obj.success}',
      secrets: [SECRET],
    }),
    call: (_url, wrong) => ({
      query: `?hmac=${mac('sha512', wrong, '10.00192036465falsetrue').digest('hex')}`,
      headers: JSON_TYPE,
      body: '{"obj":{"id":192036465,"amount_cents":10.00,"success":true,"is_voided":false}}',
    }),
  },
  'PayU: a hash over fields of which some are empty': {
    auth: () => ({
      type: 'signature',
      kind: 'hash',
      alg: 'sha512',
      sig: { from: 'form:hash' },
      content: '{secret}|{form:status}||||||{form:udf5}|{form:amount}|{form:key}',
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const hash = createHash('sha512')
        .update(`${wrong ? 'other' : SECRET}|success|||||||10.00|K`)
        .digest('hex');
      return { headers: FORM, body: `status=success&udf5=&amount=10.00&key=K&hash=${hash}` };
    },
  },
  'Dropbox Sign: a JSON document in a field of a form': {
    auth: () => ({
      type: 'signature',
      sig: { from: 'form-json:json.event.event_hash' },
      content: '{form-json:json.event.event_time}{form-json:json.event.event_type}',
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const event_hash = mac('sha256', wrong, '1700000000signature_request_sent').digest('hex');
      const event = { event_time: '1700000000', event_type: 'signature_request_sent', event_hash };
      return { headers: FORM, body: `json=${encodeURIComponent(JSON.stringify({ event }))}` };
    },
  },
  'Ko-fi: a token in such a document': {
    auth: () => ({ type: 'token', in: 'body', name: 'data.verification_token', secrets: [SECRET] }),
    call: (_url, wrong) => {
      const data = { verification_token: wrong ? 'other' : SECRET, amount: '3.00' };
      return { headers: FORM, body: `data=${encodeURIComponent(JSON.stringify(data))}` };
    },
  },
  'VNPay: a query that is encoded once more': {
    auth: () => ({
      type: 'signature',
      alg: 'sha512',
      sig: { from: 'query:vnp_SecureHash' },
      content: '{sorted-query-plus:=&!vnp_SecureHash,vnp_SecureHashType}',
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const query = 'vnp_Amount=1000000&vnp_OrderInfo=Thanh+to%C3%A1n+%23%3A5&vnp_TxnRef=5';
      const signature = mac('sha512', wrong, query).digest('hex');
      return { query: `?vnp_SecureHash=${signature}&${query}`, headers: JSON_TYPE, body: '{}' };
    },
  },
  'Persona: two sets of signatures, of which one matches': {
    auth: () => ({
      type: 'signature',
      sig: { from: 'header:persona-signature', sets: ' ', split: ',', prefix: 'v1=' },
      ts: { from: 'sig:t=', tol: 300 },
      content: '{ts}.{body}',
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const now = Math.floor(Date.now() / 1000);
      const set = (time: number, isOther: boolean) =>
        `t=${time},v1=${mac('sha256', isOther, `${time}.${BODY}`).digest('hex')}`;
      const header = `${set(now, wrong)} ${set(now - 1, true)}`;
      return { headers: { ...JSON_TYPE, 'persona-signature': header }, body: BODY };
    },
  },
  'RSA-PSS with SHA-384, in Base64 for URLs': {
    auth: () => ({
      type: 'signature',
      kind: 'rsa',
      padding: 'pss',
      alg: 'sha384',
      sig: { from: 'header:x-sig', enc: 'base64url' },
      secrets: [pem(rsa.publicKey)],
    }),
    call: (_url, wrong) => {
      const key = { key: (wrong ? otherRsa : rsa).privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };
      const signature = signBytes('sha384', Buffer.from(BODY), key).toString('base64url');
      return { headers: { ...JSON_TYPE, 'x-sig': signature }, body: BODY };
    },
  },
  'Ed25519, by a public key in hex, over method, path and a header': {
    auth: () => ({
      type: 'signature',
      kind: 'ed25519',
      sig: { from: 'query:sig' },
      content: '{method} {path}\n{header:x-nonce}\n{body}',
      key: { enc: 'raw-hex' },
      secrets: [ed.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')],
    }),
    call: (url, wrong) => {
      const text = `POST ${new URL(url).pathname}\n${wrong ? 'other' : 'n-1'}\n${BODY}`;
      const signature = signBytes(null, Buffer.from(text), ed.privateKey).toString('hex');
      return { query: `?sig=${signature}`, headers: { ...JSON_TYPE, 'x-nonce': 'n-1' }, body: BODY };
    },
  },
  'SHA-224 in capitals, over an element of XML and a digest of the body': {
    auth: () => ({
      type: 'signature',
      alg: 'sha224',
      sig: { from: 'header:x-sig', enc: 'hex-upper' },
      content: '{xml:Id}.{sha256-base64:body}',
      id: ['xml:Id'],
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const body = '<Order><Id>o-1</Id><Note>a &amp; b</Note></Order>';
      const text = `o-1.${createHash('sha256').update(body).digest('base64')}`;
      return {
        headers: { 'content-type': 'application/xml', 'x-sig': mac('sha224', wrong, text).digest('hex').toUpperCase() },
        body,
      };
    },
  },
  'MD5, which some know alone, with the time in milliseconds': {
    auth: () => ({
      type: 'signature',
      alg: 'md5',
      sig: { from: 'header:x-sig' },
      ts: { from: 'header:x-time', unit: 'ms', tol: 600 },
      content: '{ts}{body}',
      secrets: [SECRET],
    }),
    call: (_url, wrong) => {
      const time = String(Date.now());
      return {
        headers: { ...JSON_TYPE, 'x-time': time, 'x-sig': mac('md5', wrong, time + BODY).digest('hex') },
        body: BODY,
      };
    },
  },
  'a token in a part of the path': {
    path: 'orders/:token',
    auth: () => ({ type: 'signature', kind: 'token', sig: { from: 'path:token' }, secrets: [SECRET] }),
    call: (_url, wrong) => ({ headers: JSON_TYPE, body: BODY, query: wrong ? '/other' : `/${SECRET}` }),
  },
};

const send = (url: string, { method = 'POST', query = '', headers, body }: Call) =>
  fetch(url + query, { method, headers, body });

async function webhook(auth: WebhookAuth, path?: string) {
  const own = path && `${unique('p')}/${path}`;
  const { key } = await createWebhook(api, { auth, ...(own && { path: own }) });
  return { key, url: host.webhook(own ? own.slice(0, own.lastIndexOf('/')) : key) };
}

it.each(Object.entries(SCHEMES))('%s', async (_name, { auth, call, path }) => {
  const { key, url } = await webhook(auth(), path);
  const refused = await send(url, await call(url, true));
  expect({ status: refused.status, text: await refused.text() }).toMatchObject({ status: 401 });
  const taken = await send(url, await call(url, false));
  expect({ status: taken.status, text: await taken.text() }).toMatchObject({ status: 200 });
  await finishedExecutions(api, key);
  expect(await listExecutions(api, key)).toHaveLength(1);
});

it('takes a token that is the whole body, as Wix sends it: the workflow sees what it says, and the log keeps no token', async () => {
  const auth: WebhookAuth = { type: 'jwt', in: 'body', algorithms: ['RS256'], publicKey: pem(rsa.publicKey) };
  const { key, url } = await webhook(auth);
  const signed = (by: KeyObject) =>
    new SignJWT({ data: '{"eventType":"OrderPaid"}', amount: 10 })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(by);
  const post = (body: string) => fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body });
  expect(await post(await signed(otherRsa.privateKey))).toMatchObject({ status: 401 });
  const token = await signed(rsa.privateKey);
  expect(await post(token)).toMatchObject({ status: 200 });
  const [execution] = await finishedExecutions(api, key);
  expect(execution?.context).toMatchObject({ data: { data: '{"eventType":"OrderPaid"}', amount: 10 } });
  const kept = await api.get('webhookDeliveries:list', { filter: JSON.stringify({ key }) });
  expect(JSON.stringify([kept, execution?.context])).not.toContain(token.slice(-20));
});

it('answers a wrong code with the status that the service wants, and a wrong secret without a hint', async () => {
  const row = { kind: 'verify', auth: 'none', when: { has: 'query:verify' } } as const;
  const { key, url } = await webhook({
    type: 'signature',
    sig: { from: 'header:x-fitbit-signature' },
    handshake: [
      { ...row, when: { method: 'GET', 'query:verify': 'right' }, reply: { status: 204 } },
      { ...row, kind: 'wrong code', when: { method: 'GET', has: 'query:verify' }, reply: { status: 404 } },
      {
        ...row,
        when: { method: 'GET', has: 'query:token' },
        auth: { from: 'query:token', equals: 'secret', wrong: 403 },
        reply: { status: 200 },
      },
    ],
    secrets: [SECRET],
  });
  const ask = async (query: string) => (await fetch(`${url}?${query}`)).status;
  expect([await ask('verify=right'), await ask('verify=wrong')]).toEqual([204, 404]);
  expect([await ask(`token=${SECRET}`), await ask('token=x')]).toEqual([200, 403]);
  expect(await listExecutions(api, key)).toEqual([]);
});

it.each([
  ['a signed text with a name that is none', { content: '{timestamp}.{boddy}' }],
  ['one that is the same for every call', { content: 'v1' }],
  [
    'an answer that is a digest of the secret alone',
    {
      handshake: [
        { kind: 'x', when: { method: 'GET' }, auth: 'none', reply: { status: 200, body: '{sha256-hex:secret}' } },
      ],
    },
  ],
])('refuses %s when it is saved', async (_name, change) => {
  const auth = { type: 'signature', sig: { from: 'header:x-sig' }, secrets: [SECRET], ...change } as WebhookAuth;
  await expect(webhook(auth)).rejects.toThrow();
});

interface Asked {
  auth: WebhookAuth;
  call: Call;
  answer: (url: string) => { status: number; body: string; headers?: Record<string, string> };
}

const CHALLENGES: Record<string, Asked> = {
  'Zoom: a hash of the challenge, which is signed': {
    auth: {
      type: 'signature',
      sig: { from: 'header:x-zm-signature', prefix: 'v0=' },
      content: 'v0:{body}',
      handshake: [
        {
          kind: 'endpoint.url_validation',
          when: { 'json:event': 'endpoint.url_validation', has: ['json:payload.plainToken', 'header:x-zm-signature'] },
          auth: 'signature',
          reply: {
            status: 200,
            type: 'application/json',
            body: '{"encryptedToken":"{hmac-hex:json:payload.plainToken}"}',
          },
        },
      ],
      secrets: [SECRET],
    },
    call: {
      headers: {
        ...JSON_TYPE,
        'x-zm-signature': `v0=${mac('sha256', false, 'v0:{"event":"endpoint.url_validation","payload":{"plainToken":"q1"}}').digest('hex')}`,
      },
      body: '{"event":"endpoint.url_validation","payload":{"plainToken":"q1"}}',
    },
    answer: () => ({ status: 200, body: `{"encryptedToken":"${mac('sha256', false, 'q1').digest('hex')}"}` }),
  },
  'eBay: a hash of the challenge, a made-up token and the URL': {
    auth: {
      type: 'signature',
      kind: 'ecdsa',
      sig: { from: 'header:x-ebay-signature', json: 'signature', enc: 'base64' },
      handshake: [
        {
          kind: 'challenge_code',
          when: { method: 'GET', has: 'query:challenge_code' },
          auth: 'none',
          reply: {
            status: 200,
            type: 'application/json',
            body: '{"challengeResponse":"{sha256-hex:query:challenge_code+secret:verification+url}"}',
          },
        },
      ],
      secrets: [pem(ec.publicKey), { name: 'verification', value: SECRET }],
    },
    call: { method: 'GET', query: '?challenge_code=a8628072' },
    answer: (url) => ({
      status: 200,
      body: `{"challengeResponse":"${createHash('sha256').update(`a8628072${SECRET}${url}`).digest('hex')}"}`,
    }),
  },
  'WebSub: the challenge itself': {
    auth: {
      type: 'signature',
      sig: { from: 'header:x-hub-signature', prefix: 'sha256=' },
      handshake: [
        {
          kind: 'subscribe',
          when: { method: 'GET', 'query:hub.mode': 'subscribe', has: 'query:hub.challenge' },
          auth: 'none',
          reply: { status: 200, type: 'text/plain', body: '{query:hub.challenge}' },
        },
      ],
      secrets: [SECRET],
    },
    call: { method: 'GET', query: '?hub.mode=subscribe&hub.challenge=c-17' },
    answer: () => ({ status: 200, body: 'c-17' }),
  },
  'Event Grid: a code in the body, proven by a token': {
    auth: {
      type: 'signature',
      kind: 'token',
      sig: { from: 'query:token' },
      handshake: [
        {
          kind: 'SubscriptionValidation',
          when: { 'header:aeg-event-type': 'SubscriptionValidation' },
          auth: { from: 'query:token', equals: 'secret' },
          reply: {
            status: 200,
            type: 'application/json',
            body: '{"validationResponse":"{json:[].data.validationCode}"}',
          },
        },
      ],
      secrets: [SECRET],
    },
    call: {
      query: `?token=${SECRET}`,
      headers: { ...JSON_TYPE, 'aeg-event-type': 'SubscriptionValidation' },
      body: '[{"id":"1","data":{"validationCode":"512d38b6"}}]',
    },
    answer: () => ({ status: 200, body: '{"validationResponse":"512d38b6"}' }),
  },
  'monday.com: the challenge, before any token': {
    auth: {
      type: 'jwt',
      scheme: '',
      algorithms: ['HS256'],
      secrets: [SECRET],
      handshake: [
        {
          kind: 'challenge',
          when: { has: 'json:challenge' },
          auth: 'none',
          reply: { status: 200, type: 'application/json', body: '{"challenge":"{json:challenge}"}' },
        },
      ],
    },
    call: { headers: JSON_TYPE, body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}' },
    answer: () => ({ status: 200, body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}' }),
  },
  'Asana: a header given back, with the secret to be confirmed': {
    auth: {
      type: 'signature',
      sig: { from: 'header:x-hook-signature' },
      handshake: [
        {
          kind: 'X-Hook-Secret',
          when: { has: 'header:x-hook-secret' },
          auth: 'if-no-secret',
          capture: { secret: 'header:x-hook-secret' },
          reply: { status: 200, headers: { 'X-Hook-Secret': '{header:x-hook-secret}' } },
        },
      ],
      secrets: [],
    },
    call: { headers: { ...JSON_TYPE, 'x-hook-secret': 'handed-over' }, body: '{}' },
    answer: () => ({ status: 200, body: '', headers: { 'x-hook-secret': 'handed-over' } }),
  },
};

it.each(Object.entries(CHALLENGES))('answers %s, and starts nothing', async (_name, { auth, call, answer }) => {
  const { key, url } = await webhook(auth);
  const got = await send(url, call);
  const { status, body, headers = {} } = answer(url);
  expect({ status: got.status, body: await got.text() }).toEqual({ status, body });
  for (const [name, value] of Object.entries(headers)) {
    expect(got.headers.get(name)).toBe(value);
  }
  const logged = await waitFor('the delivery', 20_000, async () => {
    const rows = await api.get<{ status: string; reason: string }[]>('webhookDeliveries:list', {
      filter: JSON.stringify({ key }),
    });
    return rows.length > 0 && rows;
  });
  expect(logged).toMatchObject([{ status: 'ignored', reason: expect.stringMatching(/^handshake: /) }]);
  expect(await listExecutions(api, key)).toEqual([]);
});
