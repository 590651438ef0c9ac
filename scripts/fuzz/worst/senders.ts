import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { SignatureAuth, WebhookAuth } from '../../../src/common/auth';
import type { WebhookConfigInput } from '../../../src/common/config';
import type { SignatureScheme } from '../../../src/common/presets';
import { PROVIDERS } from '../../../src/common/providers';
import { timeUnit } from '../../../src/common/timeUnits';
import { encodeBytes } from '../../../src/server/verifiers/digests';
import { times } from './fill';

/** What a request says of itself before its body. */
export interface Head {
  /** Lower-case names. */
  headers: Record<string, string>;
  query: Record<string, string>;
}

/** A way to verify, and a head that gets as far as anybody's can who doesn't know the secret. */
export interface Sender {
  name: string;
  auth: WebhookAuth;
  /** @param body as it is before it is packed */
  head(body: Buffer): Head;
  /** What becomes of a body that carries something of the sender's; default: nothing. */
  body?(body: Buffer, contentType: string | null): Buffer;
  /** What else the webhook is set to. */
  settings?: WebhookConfigInput;
  /** Whether the caller waits for the run. */
  sync?: boolean;
}

const now = (): number => Math.floor(Date.now() / 1000);
const none: Head = { headers: {}, query: {} };

const AES_KEY = randomBytes(33).toString('hex').slice(0, 43);
const spki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });
const KEYS: Partial<Record<SignatureScheme['kind'], KeyObject>> = {
  ed25519: generateKeyPairSync('ed25519').publicKey,
  ecdsa: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey,
};

/** Those whose scheme is code: their settings, and a head of the right form. */
const CODE: Readonly<Record<string, { secret?: string; options?: Record<string, unknown>; head(): Head }>> = {
  adyen: { secret: 'ab'.repeat(32), head: () => none },
  alipay: { secret: spki(KEYS.rsa as KeyObject).toString('base64'), head: () => none },
  'aws-sns': { options: { topicArn: '*' }, head: () => none },
  dingtalk: {
    options: { encodingAESKey: AES_KEY, receiveId: 'x' },
    head: () => ({ headers: {}, query: bizQuery(1000) }),
  },
  feishu: {
    head: () => ({
      headers: {
        'x-lark-signature': '0'.repeat(64),
        'x-lark-request-timestamp': String(now()),
        'x-lark-request-nonce': 'n',
      },
      query: {},
    }),
  },
  'http-message-signatures': {
    head: () => ({
      headers: {
        signature: Array.from({ length: 10 }, (_x, n) => `s${n}=:${'A'.repeat(43)}=:`).join(', '),
        'signature-input': Array.from(
          { length: 10 },
          (_x, n) =>
            `s${n}=("@method" "@path" "@query" "content-digest"${' "@query-param";name="a"'.repeat(30)});created=${now()}`,
        ).join(', '),
      },
      query: { a: 'x' },
    }),
  },
  paypal: {
    head: () => ({
      headers: {
        'paypal-transmission-id': 'x',
        'paypal-transmission-time': new Date().toISOString(),
        'paypal-auth-algo': 'SHA256withRSA',
        'paypal-cert-url': 'https://api.example/v1/notifications/certs/x',
        'paypal-transmission-sig': 'AAAA',
      },
      query: {},
    }),
  },
  twilio: { head: () => ({ headers: { 'x-twilio-signature': Buffer.alloc(20).toString('base64') }, query: {} }) },
  'wechat-mp-secure': {
    options: { encodingAESKey: AES_KEY, receiveId: 'x' },
    head: () => ({ headers: {}, query: bizQuery() }),
  },
  wecom: { options: { encodingAESKey: AES_KEY, receiveId: 'x' }, head: () => ({ headers: {}, query: bizQuery() }) },
};

function bizQuery(factor = 1): Record<string, string> {
  const signature = '0'.repeat(40);
  return { msg_signature: signature, signature, timestamp: String(now() * factor), nonce: 'n' };
}

/** As many as a webhook can have: each is tried. */
const SECRETS = 20;
/** Signatures beside the first one: each is tried with each secret. */
const MORE = { shared: 31, public: 1 };

const BYTES = { md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };

/** Head and secret by the scheme's own row, so that a provider that is added is driven too. */
function ofScheme(scheme: SignatureScheme): { secret: string; head(): Head } {
  const { sig, ts, kind, alg = 'sha256', key } = scheme;
  const bytes = Buffer.alloc(kind === 'rsa' ? 256 : kind === 'ecdsa' ? 70 : kind === 'ed25519' ? 64 : BYTES[alg], 1);
  const signature = kind === 'token' ? 'x' : encodeBytes(bytes, sig.enc);
  const item = `${sig.prefix ?? ''}${signature}`;
  const time = timeUnit(ts?.unit).write(now());
  const isPublic = ['ed25519', 'ecdsa', 'rsa'].includes(kind);
  const others = Array.from({ length: sig.split ? MORE[isPublic ? 'public' : 'shared'] : 0 }, (_x, n) => {
    const other = Buffer.from(bytes).fill(n, 0, 1);
    return `${sig.split}${sig.prefix ?? ''}${encodeBytes(other, sig.enc)}`;
  }).join('');
  const beside = ts?.from.startsWith('sig:') ? `${ts.from.slice('sig:'.length)}${time}` : null;
  const written = beside && sig.split ? `${beside}${sig.split}${item}${others}` : `${sig.strip ?? ''}${item}${others}`;
  const places = [
    [sig.from].flat()[0],
    ts?.from,
    key?.idFrom,
    ...(scheme.content?.match(/(?:header|query):[\w-]+/g) ?? []),
  ];
  const values = [written, time, 'x'];
  return {
    secret: secretOf(kind, key?.enc),
    head: () => {
      const head: Head = { headers: {}, query: {} };
      for (const [index, place] of places.entries()) {
        const [where = '', name = ''] = place?.split(':') ?? [];
        const into = where === 'header' ? head.headers : where === 'query' ? head.query : {};
        into[where === 'header' ? name.toLowerCase() : name] ??= values[index] ?? 'x';
      }
      return head;
    },
  };
}

function secretOf(kind: SignatureScheme['kind'], enc = 'utf8'): string {
  const key = KEYS[kind];
  switch (enc) {
    case 'pem':
      return key ? key.export({ format: 'pem', type: 'spki' }).toString() : 's3cret';
    case 'spki-base64':
      return key ? spki(key).toString('base64') : 's3cret';
    case 'raw-hex':
      return key ? spki(key).subarray(-32).toString('hex') : 's3cret';
    case 'raw-base64':
      return key ? spki(key).subarray(-32).toString('base64') : 's3cret';
    case 'hex':
      return 'ab'.repeat(32);
    case 'base64':
      return Buffer.alloc(32, 1).toString('base64');
    default:
      return 's3cret';
  }
}

/** Pings and challenges that prove nothing, before which tokens stand in the body. */
const HANDSHAKES: readonly Sender[] = [
  {
    name: 'msgraph, its handshake',
    auth: { type: 'provider', provider: 'msgraph', secrets: ['s3cret'], options: {} },
    head: () => ({ headers: {}, query: { validationToken: 'x' } }),
  },
  {
    name: 'notion without a secret',
    auth: { type: 'provider', provider: 'notion', secrets: [], options: {} },
    head: () => none,
  },
];

const SIGNED = { from: 'header:x-sig' } as const;

const SLOW_SETTINGS: Readonly<Record<string, Pick<SignatureAuth, 'sig'> & Partial<SignatureAuth>>> = {
  'lists in ten places': { sig: { from: times(10, (n) => `json:[].a${n}` as const), any: true, all: true } },
  'a list in a text': { sig: { from: ['json:token', 'form:a', 'json:a'], any: true, split: ',', sets: ' ' } },
  'JSON in a field, in ten places': { sig: { from: times(10, (n) => `form-json:a.[].a${n}` as const), any: true } },
  'numbers as they are written': { sig: SIGNED, content: '{json:[]}{json:k5}' },
  'sorted fields': { sig: SIGNED, content: '{sorted-form-percent:=&}' },
  'values sorted again and again': {
    sig: SIGNED,
    content: `{sorted:${Array(44).fill('json:token,json:value').join(',')}}`,
  },
  'texts, sets and secrets': {
    sig: { ...SIGNED, sets: ' ' },
    secrets: Array.from({ length: SECRETS }, (_x, n) => `s3cret ${n}`),
    content: '{secret}{body}{body}',
    alternatives: times(4, (n) => `{secret}{body}${n}{body}`),
  },
  'challenges in a hundred places': {
    sig: SIGNED,
    handshake: times(10, () => ({
      kind: 'ping',
      when: { has: [...times(9, (n) => `json:[].a${n}`), 'json:none'] },
      auth: 'none' as const,
      reply: { status: 200 },
    })),
  },
};

/** Settings that a maker may make up, and that a stranger's call must not pay for. */
const MADE_UP: readonly Sender[] = [
  {
    name: 'a custom signature of many digests',
    auth: {
      type: 'signature',
      secrets: Array.from({ length: SECRETS }, (_x, n) => `s3cret ${n}`),
      sig: { from: 'header:x-sig' },
      content: `{secret}${'{sha512:body}'.repeat(70)}`,
    },
    head: () => ({ headers: { 'x-sig': '0'.repeat(64) }, query: {} }),
  },
  {
    name: 'a custom signature that answers with many digests',
    auth: {
      type: 'signature',
      secrets: ['s3cret'],
      sig: { from: 'header:x-sig' },
      handshake: [
        {
          kind: 'ping',
          when: { has: 'query:a' },
          auth: 'none',
          reply: { status: 200, type: 'text/plain', body: '{sha256-hex:body}'.repeat(50) },
        },
      ],
    },
    head: () => ({ headers: {}, query: { a: 'x' } }),
  },
  ...Object.entries(SLOW_SETTINGS).map(([name, settings]): Sender => ({
    name: `a custom signature of ${name}`,
    auth: { type: 'signature', secrets: ['s3cret'], ...settings },
    head: () => ({
      headers: { 'x-sig': ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64)).join(' ') },
      query: {},
    }),
  })),
];

/** Senders without the secret, one for every way to verify: those that take something of the body into account, and those that don't. */
export const UNVERIFIED_SENDERS: readonly Sender[] = [
  { name: 'none', auth: { type: 'none' }, head: () => none },
  {
    name: 'jwt',
    auth: { type: 'jwt', algorithms: ['HS256'], secrets: ['s3cret'] },
    head: () => ({
      headers: {
        authorization: `Bearer ${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${'A'.repeat(12_000)}.${'A'.repeat(43)}`,
      },
      query: {},
    }),
  },
  ...PROVIDERS.flatMap(({ id, scheme }): Sender[] => {
    const {
      secret = 's3cret',
      options = {},
      head,
    } = { options: undefined, ...(scheme ? ofScheme(scheme) : (CODE[id] ?? { head: () => none })) };
    return [
      {
        name: id,
        auth: { type: 'provider', provider: id, secrets: Array<string>(SECRETS).fill(secret), options },
        head,
      },
    ];
  }),
  ...HANDSHAKES,
  ...MADE_UP,
];
