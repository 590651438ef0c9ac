import { createHmac } from 'node:crypto';
import type { WebhookAuth } from '../../../../src/common/auth';
import { verifyRequest } from '../../../../src/server/verifiers';

const SECRET = 'a secret of the usual length';
const FORM = 'application/x-www-form-urlencoded';
/** Read as a form, it has a field `admin`. */
const JSON_BODY = '{"comment":"x&admin=true&y=","ok":1}';

/** What a signed body is to be read as, where not as its header says; undefined: as that says. */
function readAs(auth: object, header: string, body: string | Buffer, contentType: string) {
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  const result = verifyRequest({
    auth: { secrets: [SECRET], ...auth } as WebhookAuth,
    request: {
      method: 'POST',
      url: '/api/webhooks/key',
      headers: { [header]: signature, 'x-hub-signature-256': `sha256=${signature}`, 'content-type': contentType },
      rawBody: Buffer.from(body),
    },
    now: 1_700_000_000,
  });
  expect(result).toMatchObject({ ok: true });
  return 'plaintext' in result ? result.plaintext : undefined;
}

const github = (body: string | Buffer, contentType: string) =>
  readAs({ type: 'provider', provider: 'github' }, 'x-other', body, contentType);
const custom = (body: string | Buffer, contentType: string) =>
  readAs({ type: 'signature', sig: { from: 'header:x-signature' } }, 'x-signature', body, contentType);

describe('a signed body whose content type is signed by nobody', () => {
  const json = { body: Buffer.from(JSON_BODY), contentType: 'application/json' };

  test.each([FORM, `${FORM};charset=utf-8`, FORM.toUpperCase()])('is no form where it is JSON: %s', (type) => {
    expect(github(JSON_BODY, type)).toEqual(json);
    expect(custom(JSON_BODY, type)).toEqual(json);
  });
  test.each([
    'application/json; charset=gbk',
    'text/plain',
    'application/octet-stream',
    'multipart/form-data; boundary=x',
  ])('is JSON in UTF-8, in another charset only of a sender of one’s own: %s', (type) => {
    expect(github(JSON_BODY, type)).toEqual(json);
    expect(custom(JSON_BODY, type)).toEqual(type.endsWith('gbk') ? undefined : json);
  });
  test('is a form in UTF-8 where a known provider sends one', () => {
    const body = Buffer.from('payload=%7B%22a%22%3A1%7D');
    expect(github(body, `${FORM}; charset=utf-16le`)).toEqual({ body, contentType: FORM });
    expect(custom(body, `${FORM}; charset=gbk`)).toBeUndefined();
  });
  test('is what its header says where that has one meaning, or it is no document', () => {
    expect(github(JSON_BODY, 'application/json')).toBeUndefined();
    expect(github(JSON_BODY, 'application/json; charset="UTF-8"')).toBeUndefined();
    expect(custom('12', FORM)).toBeUndefined();
    expect(github('plain text', 'text/plain; charset=gbk')).toBeUndefined();
    expect(github(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), 'text/plain')).toBeUndefined();
    expect(github('', FORM)).toBeUndefined();
  });
  test('stays as it is where the body is not signed either', () => {
    const time = { type: 'signature', sig: { from: 'header:x-signature' }, content: '{header:x-time}' };
    const signature = createHmac('sha256', SECRET).update('1').digest('hex');
    const headers = { 'x-signature': signature, 'x-time': '1', 'content-type': FORM };
    const request = { method: 'POST', url: '/', headers, rawBody: Buffer.from(JSON_BODY) };
    const auth = { ...time, secrets: [SECRET] } as WebhookAuth;
    expect(verifyRequest({ auth, request, now: 1 })).toEqual({ ok: true, secretName: null, deliveryId: null });
  });
});
