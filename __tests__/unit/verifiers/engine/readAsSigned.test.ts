import { createHmac } from 'node:crypto';
import iconv from 'iconv-lite';
import type { WebhookAuth } from '../../../../src/common/auth';
import { defaultConfig, type WebhookConfig } from '../../../../src/common/config';
import { WebhookError } from '../../../../src/common/errors';
import { parse } from '../../../../src/server/pipeline/parse';
import type { Services } from '../../../../src/server/pipeline/stage';
import type { VerifiedDelivery } from '../../../../src/server/pipeline/types';
import { verifyRequest } from '../../../../src/server/verifiers';

const SECRET = 'a secret of the usual length';
const FORM = 'application/x-www-form-urlencoded';
/** Read as a form, it has a field `admin`. */
const JSON_BODY = '{"comment":"x&admin=true&y=","ok":1}';
const PART = '--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n1';
/** With `--xx` it has one field, with `--xxy` it would have another. */
const PARTS = `${PART}\r\n--xx\r\nContent-Disposition: form-data; name="b"\r\n\r\n2\r\n--xx--\r\n`;
const EUROS = '{"name":"100 €"}';

type Settings = Partial<WebhookConfig['body']>;

const PROVIDER = { type: 'provider', provider: 'github' };
const CUSTOM = { type: 'signature', sig: { from: 'header:x-signature' } };
const JWT_LIKE = { type: 'provider', provider: 'standard-webhooks' };

function verified(auth: object, body: Buffer, contentType: string | undefined) {
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  const time = '1700000000';
  const standard = createHmac('sha256', SECRET).update(`id.${time}.`).update(body).digest('base64');
  const headers = {
    'x-signature': signature,
    'x-hub-signature-256': `sha256=${signature}`,
    'webhook-id': 'id',
    'webhook-timestamp': time,
    'webhook-signature': `v1,${standard}`,
    ...(contentType !== undefined && { 'content-type': contentType }),
  };
  const secrets = [auth === JWT_LIKE ? `whsec_${Buffer.from(SECRET).toString('base64')}` : SECRET];
  const verification = verifyRequest({
    auth: { secrets, ...auth } as WebhookAuth,
    request: { method: 'POST', url: '/api/webhooks/key', headers, rawBody: body },
    now: 1_700_000_000,
  });
  expect(verification).toMatchObject({ ok: true });
  return { headers, verification };
}

/** What the workflow sees of a body that was signed, by the type that is said of it; the code where it is refused. */
function seen(auth: object, body: string | Buffer, contentType?: string, settings: Settings = {}): unknown {
  const rawBody = Buffer.from(body as string);
  const config = { ...defaultConfig(), auth: auth as WebhookAuth };
  const delivery = {
    ...verified(auth, rawBody, contentType),
    rawBody,
    search: '',
    params: {},
    endpoint: { config: { ...config, body: { ...config.body, ...settings } } },
  } as unknown as VerifiedDelivery;
  try {
    return parse(delivery, { maxDepth: 90 } as Services).data;
  } catch (error) {
    if (error instanceof WebhookError) {
      return error.code;
    }
    throw error;
  }
}

/** What may be said of a body. */
const SAID = [
  undefined,
  '',
  'nonsense',
  'application/json',
  'application/json; charset=gb18030',
  'application/json; charset=utf-16le',
  'application/json; charset=shift_jis',
  'application/json; charset=ibm037',
  'application/x-ndjson',
  FORM,
  `${FORM}; charset=utf-8`,
  `${FORM}; charset=windows-1252`,
  `${FORM}; charset=utf-16be`,
  'multipart/form-data',
  'multipart/form-data; boundary=xx',
  'multipart/form-data; boundary=x',
  'multipart/form-data; boundary=xxy',
  'multipart/mixed; boundary=xx',
  'application/xml',
  'text/xml; charset=gb18030',
  'text/plain',
  'text/plain; charset=iso-8859-1',
  'text/html',
  'application/octet-stream',
  'image/png; charset=big5',
];

/** Whether it is a text, or bytes: what has no fields. */
function isPlain(data: unknown): boolean {
  return typeof data === 'string' || (typeof data === 'object' && data !== null && 'base64' in data);
}

const REFUSED: readonly string[] = ['BODY_MALFORMED', 'TYPE_NOT_SUPPORTED'];

const gbk = (text: string) => iconv.encode(text, 'gb18030');

describe('a signed body whose content type is signed by nobody', () => {
  test.each<[string, string | Buffer, string | undefined, Settings, unknown]>([
    ['a JSON object', JSON_BODY, 'application/json', {}, { comment: 'x&admin=true&y=', ok: 1 }],
    ['one of which nothing is said', JSON_BODY, undefined, {}, { comment: 'x&admin=true&y=', ok: 1 }],
    ['a JSON list', '["a=1"]', 'text/plain', {}, ['a=1']],
    ['a JSON text', '"a=1"', 'application/json', {}, 'a=1'],
    ['JSON in UTF-8', EUROS, 'application/json; charset=utf-8', {}, { name: '100 €' }],
    ['JSON in UTF-16', Buffer.from(EUROS, 'utf16le'), 'application/json; charset=utf-16', {}, { name: '100 €' }],
    ['a form', 'a=1&b=x', FORM, {}, { a: '1', b: 'x' }],
    ['a form that says its character set', 'a=%E9&_charset_=iso-8859-1', FORM, {}, { a: 'é', _charset_: 'iso-8859-1' }],
    ['a form in GBK, as the maker says', 'a=%C4%E3', FORM, { charset: 'gb18030' }, { a: '你' }],
    ['a form with files', PARTS, 'multipart/form-data; boundary=xx', {}, { a: '1', b: '2' }],
    ['XML', '<a>x</a>', 'text/xml', {}, { a: 'x' }],
    [
      'XML that says its character set',
      gbk('<?xml version="1.0" encoding="GBK"?><a>你</a>'),
      'text/xml',
      {},
      { a: '你' },
    ],
    ['XML in UTF-16', Buffer.from('\ufeff<a>x</a>', 'utf16le'), 'text/xml', {}, { a: 'x' }],
    ['a text', 'hi&admin=true', 'text/plain', {}, 'hi&admin=true'],
    ['a text of which nothing is said', 'hi&admin', undefined, {}, 'hi&admin'],
    ['bytes', 'a', 'image/png', {}, { base64: 'YQ==', contentType: 'image/png', size: 1 }],
    ['lines of JSON, as the maker says', '{"a":1}', 'application/x-ndjson', { readAs: 'ndjson' }, [{ a: 1 }]],
    ['a text, as the maker says', 'hi&admin=true', 'text/plain', { readAs: 'text' }, 'hi&admin=true'],
    ['a form, as the maker says', 'a=1', 'text/plain', { readAs: 'form' }, { a: '1' }],
    ['JSON, as the maker says', JSON_BODY, FORM, { readAs: 'json' }, { comment: 'x&admin=true&y=', ok: 1 }],
  ])('has its own fields and no others, whatever is said of it: %s', (_what, body, contentType, settings, data) => {
    for (const auth of [CUSTOM, PROVIDER, JWT_LIKE]) {
      expect(seen(auth, body, contentType, settings)).toEqual(data);
      for (const said of SAID) {
        const other = seen(auth, body, said, settings);
        // A text has no fields to be mistaken for, so that it may be said to be a form.
        expect([said, isPlain(other) || isPlain(data) ? data : other]).toEqual([said, data]);
      }
    }
  });

  test.each<[string, string | Buffer]>([
    ['an object', JSON_BODY],
    ['a list', '["a=1"]'],
    ['a text', '"a=1"'],
    ['in UTF-16', Buffer.from(JSON_BODY, 'utf16le')],
  ])('is JSON whatever is said of it: %s', (_what, body) => {
    for (const auth of [CUSTOM, PROVIDER, JWT_LIKE]) {
      const data = seen(auth, body, 'application/json; charset=utf-16');
      for (const said of SAID.filter(Boolean)) {
        const other = seen(auth, body, said);
        expect([said, REFUSED.includes(other as string) ? data : other]).toEqual([said, data]);
      }
    }
  });

  test.each<[string, string | Buffer, string, unknown]>([
    ['lines of JSON', '{"a":1}\n{"a":2}', 'application/x-ndjson', [{ a: 1 }, { a: 2 }]],
    [
      'bytes that are no text',
      Buffer.from([0x89, 0x50, 0x4e, 0x47]),
      'image/png',
      { base64: 'iVBORw==', contentType: 'image/png', size: 4 },
    ],
    ['JSON in GBK', gbk(EUROS), 'application/json; charset=gbk', { name: '100 €' }],
    ['a text in GBK', gbk('你'), 'text/plain; charset=gbk', '你'],
    ['XML in GBK that doesn’t name it', gbk('<a>你</a>'), 'text/xml; charset=gbk', { a: '你' }],
  ])('is what its header says where nothing else can: %s', (_what, body, type, data) => {
    expect(seen(CUSTOM, body, type)).toEqual(data);
  });

  test.each<[string, string | Buffer, string | undefined, Settings]>([
    ['a form that is said to be XML', 'a=1', 'text/xml', {}],
    ['a form that is said to have files', 'a=1', 'multipart/form-data; boundary=xx', {}],
    ['XML that is said to be a form', '<a>&b=1</a>', FORM, {}],
    ['XML that is said to be a text', '<a>x</a>', 'text/html', {}],
    ['files that are said to be a form', PARTS, FORM, {}],
    ['JSON that is none', 'a=1', 'application/json', { readAs: 'xml' }],
  ])('is refused unless the maker says what it is: %s', (_what, body, contentType, settings) => {
    expect(seen(CUSTOM, body, contentType, settings)).toMatch(/^(TYPE_NOT_SUPPORTED|BODY_MALFORMED)$/);
    expect(seen(PROVIDER, body, contentType, settings)).toMatch(/^(TYPE_NOT_SUPPORTED|BODY_MALFORMED)$/);
  });

  test.each<[string, string | Buffer, string]>([
    ['JSON', EUROS, 'application/json; charset=gbk'],
    ['a form', 'a=%C4%E3', `${FORM}; charset=gbk`],
    ['what shifts to others', 'a=\x1b$B', `${FORM}; charset=iso-2022-jp`],
  ])(
    'is refused in another character set of a sender of one’s own, unless the maker says so: %s',
    (_what, body, type) => {
      expect(seen(CUSTOM, body, type)).toBe('TYPE_NOT_SUPPORTED');
    },
  );

  test('is in the character set that the maker says, whatever its header says', () => {
    for (const type of ['application/json', 'application/json; charset=big5', 'text/plain']) {
      expect(seen(CUSTOM, gbk(EUROS), type, { charset: 'gb18030' })).toEqual({ name: '100 €' });
    }
  });

  test('is in UTF-8 where a known provider sends it, and where it is ASCII', () => {
    expect(seen(PROVIDER, EUROS, 'application/json; charset=iso-8859-1')).toEqual({ name: '100 €' });
    expect(seen(CUSTOM, JSON_BODY, 'application/json; charset=utf-16')).toEqual({ comment: 'x&admin=true&y=', ok: 1 });
  });

  test('is bytes of which the header alone says what they are, as the maker says', () => {
    const data = { base64: 'YQ==', contentType: 'image/png', size: 1 };
    expect(seen(CUSTOM, 'a', 'image/png', { readAs: 'bytes' })).toEqual(data);
    expect(seen(CUSTOM, 'a', 'text/plain; charset=gbk', { readAs: 'bytes' })).toMatchObject({
      base64: 'YQ==',
      size: 1,
    });
  });

  test('is what its header says where that is signed, or the body is not', () => {
    const type = 'text/plain; charset=iso-8859-1';
    const signed = { ...CUSTOM, content: '{header:content-type}\n{body}' };
    const text = createHmac('sha256', SECRET)
      .update(`${type}\n`)
      .update(Buffer.from([0xe9]))
      .digest('hex');
    const of = (auth: object, header: string) =>
      verifyRequest({
        auth: { secrets: [SECRET], ...auth } as WebhookAuth,
        request: {
          method: 'POST',
          url: '/',
          headers: { 'x-signature': header, 'x-time': '1', 'content-type': type },
          rawBody: Buffer.from([0xe9]),
        },
        now: 1,
      });
    const taken = { ok: true, secretName: null };
    expect(of(signed, text)).toMatchObject(taken);
    expect(of(signed, text)).not.toHaveProperty('plaintext');
    const time = createHmac('sha256', SECRET).update('1').digest('hex');
    expect(of({ ...CUSTOM, content: '{header:x-time}' }, time)).toEqual({ ...taken, deliveryId: null });
  });
});
