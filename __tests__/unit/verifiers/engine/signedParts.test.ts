import { createHash, createHmac } from 'node:crypto';
import type { WebhookAuth } from '../../../../src/common/auth';
import { coverageOfScheme } from '../../../../src/common/coverage';
import type { SignatureScheme } from '../../../../src/common/presets';
import { secretUse } from '../../../../src/common/secretUse';
import { isDeliveryIdSigned } from '../../../../src/common/signedId';
import { authRule } from '../../../../src/common/validateAuth';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyInput, VerifyRequest } from '../../../../src/server/verifiers/types';
import { cpuClock } from '../../../support/cpuTime';

// What signed texts are put together of. The signatures are literal: those of the documentation, or Python's hmac.

const FORM = 'application/x-www-form-urlencoded';
const refused = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });

function verify(auth: object, signature: string, body: string, type = FORM, url = '/hook') {
  const whole = { type: 'signature', sig: { from: 'header:x-sig' }, secrets: ['s3cret'], ...auth } as WebhookAuth;
  expect(authRule(whole, 'auth')).toEqual([]);
  const headers = { 'x-sig': signature, 'content-type': type };
  const request: VerifyRequest = { method: 'POST', url, headers, rawBody: Buffer.from(body) };
  return verifyRequest({ auth: whole, request, now: 1_700_000_000 } as VerifyInput);
}

describe('fields whatever the case of their names, encoded as .NET does: ECPay’s own example', () => {
  const auth = {
    kind: 'hash',
    content: 'hashkey%3d{lower:net:secret}%26{lower:net:nocase-form:=&!CheckMacValue}%26hashiv%3d{lower:net:query:iv}',
    secrets: ['pwFHCqoQZGmho4w6'],
  };
  const signature = '6C51C9E6888DE861FD62FB1DD17029FC742634498FD813DC43D4243B5685B840';
  const body =
    'TradeDesc=%E4%BF%83%E9%8A%B7%E6%96%B9%E6%A1%88&PaymentType=aio&MerchantTradeDate=2023%2F03%2F12+15%3A30%3A23&MerchantTradeNo=ecpay20230312153023&MerchantID=3002607&ReturnURL=https%3A%2F%2Fwww.ecpay.com.tw%2Freceive.php&ItemName=Apple+iphone+15&TotalAmount=30000&ChoosePayment=ALL&EncryptType=1';
  const send = (text: string) => verify(auth, signature, text, FORM, '/hook?iv=EkRm7iFT261dpevs');

  test('is taken', () => expect(send(body)).toMatchObject({ ok: true }));
  test.each([
    ['=30000', '=3'],
    ['EncryptType=1', 'EncryptType=1&Extra=1'],
    ['&EncryptType=1', ''],
    ['aio', 'aio%26Q%3D1'],
  ])('is refused with %s as %s', (from, to) => expect(send(body.replace(from, to))).toMatchObject({ ok: false }));
  test('says nothing of the case of letters, and is not said to', () => {
    expect(send(body.replace('Apple', 'apple'))).toMatchObject({ ok: true });
    expect(coverageOfScheme({ ...auth, sig: { from: 'form:s' } } as SignatureScheme).body).toBe('none');
    const id = { type: 'signature', ...auth, sig: { from: 'form:s' }, id: ['form:TradeNo'] } as unknown as WebhookAuth;
    expect(isDeliveryIdSigned({ ...id, content: '{lower:sorted-form:=&}' } as WebhookAuth)).toBe(true);
    expect(isDeliveryIdSigned({ ...id, content: '{lower:form:TradeNo}' } as WebhookAuth)).toBe(false);
  });
});

describe('values with their lengths, as 2Checkout has them', () => {
  const auth = { content: '{lengths-form:!HASH}' };
  const body =
    'SALEDATE=2016-06-01+12%3A22%3A09&REFNO=1000037&REFNOEXT=&CITY=Z%C3%BCrich&IPN_PID%5B%5D=1&IPN_PID%5B%5D=0';
  const signature = '3220cb779ad815b73350b215f9397ca8e3effddf4ae8875f60288beb430d473a';
  test('are taken, one that is left out too', () => {
    expect(verify(auth, signature, body)).toMatchObject({ ok: true });
    expect(verify(auth, signature, `${body}&HASH=abc`)).toMatchObject({ ok: true });
  });
  test.each([
    ['1000037', '1000038'],
    ['REFNO=1000037&REFNOEXT=', 'REFNOEXT=&REFNO=1000037'],
    ['&REFNOEXT=', ''],
  ])('are refused with %s as %s', (from, to) =>
    expect(verify(auth, signature, body.replace(from, to))).toMatchObject({ ok: false }),
  );
  test('do not sign names, and are not said to', () => {
    expect(coverageOfScheme({ kind: 'hmac', ...auth }).body).toBe('none');
  });
});

describe('a JSON object with its names sorted', () => {
  const signature = '992bcee67c284e23eb356d96f47e1788d363447bb656f633260a0a08a5b317eb';
  const body = '{"a":[1.50,{"z":1,"b":"\\u00e9"}],"B":"x, y","c":{"sign":"in","d":null}}';
  const send = (text: string, type = 'application/json') => verify({ content: '{sorted-json}' }, signature, text, type);

  test.each([
    ['as it came', body],
    ['in another order', '{"c":{"d":null,"sign":"in"},"B":"x, y","a":[1.50,{"b":"\\u00e9","z":1}]}'],
    ['with white space', ` ${body.replaceAll('":', '" :\n\t').replaceAll('1.50,', '1.50 , ')}\r\n`],
  ])('is taken %s', (_name, text) => expect(send(text)).toMatchObject({ ok: true }));
  test.each([
    ['1.50', '1.5'],
    ['\\u00e9', 'é'],
    ['x, y', 'x,y'],
    ['null', '"null"'],
    ['"d":null', '"d":null,"e":1'],
  ])('is refused with %s as %s', (from, to) => expect(send(body.replace(from, to))).toEqual(refused(/does not match/)));
  test.each([
    ['a name twice', body.replace('"z":1', '"z":2,"z":1')],
    ['a name twice, written in two ways', body.replace('"z":1', '"\\u007a":2,"z":1')],
    ['a list', `[${body}]`],
    ['no JSON', `${body}}`],
    ['a form', 'a=1'],
    ['nothing', ''],
  ])('is refused with %s', (_name, text) => expect(send(text)).toEqual(refused(/no JSON object/)));
  test('is read as JSON, whatever the header says', () => {
    expect(send(body, FORM)).toMatchObject({ plaintext: { contentType: 'application/json' } });
  });
  test('of a megabyte takes no longer for having many names', () => {
    const large = `{${Array.from({ length: 9_000 }, (_x, index) => `"n${index}":"${'x'.repeat(100)}"`).join(',')}}`;
    const spent = cpuClock();
    expect(send(large)).toEqual(refused(/does not match/));
    expect(spent()).toBeLessThan(3_000);
  });
});

describe('a JSON object as it came, in Base64, without the signature in it', () => {
  const signature = '85d326e3878d24b871598925b07aacb9bed446f3aff958829b7c40584968bf3b';
  const content = '{base64:received-json:!sign}';
  const auth = { sig: { from: 'json:sign' }, content };
  const body = `{"a":[1.50,{"z":1,"b":"\\u00e9"}],"B":"x, y","c":{"sign":"in","d":null},"sign":"${signature}"}`;
  test('is taken', () => expect(verify(auth, '', body, 'application/json')).toMatchObject({ ok: true }));
  test.each([
    ['"z":1,"b":"\\u00e9"', '"b":"\\u00e9","z":1'],
    ['"sign":"in",', ''],
  ])('is refused with %s as %s', (from, to) =>
    expect(verify(auth, '', body.replace(from, to), 'application/json')).toMatchObject({ ok: false }),
  );
  test('signs an id in it, but not what is left out', () => {
    const of = (id: string) => isDeliveryIdSigned({ type: 'signature', ...auth, id: [id] } as unknown as WebhookAuth);
    expect(['json:a', 'json:c.sign', 'json:sign', 'json:sign.x'].map(of)).toEqual([true, true, false, false]);
  });
});

describe('a part is put through', () => {
  const value = encodeURIComponent('Q+/ ~-');
  test.each([
    ['{percent:query:a}', 'a1f00e58f0a2c2edd925055e2033e31d11e5f273d1b2f8e47d715504580c2f5c', value],
    ['{plus:query:a}', 'd7a2bb73d9fa359c89c760fe7b061a5746675928cbae284b72a41f1c25ae1cdb', value],
    ['{upper:query:a}', 'fe9ad8a0d9e89ceeeddfe1c2de1c90e73b0607c735d8312b8d92e75a828a1181', 'aBc'],
  ])('%s', (content, signature, a) => {
    expect(verify({ content }, signature, '', FORM, `/hook?a=${a}`)).toMatchObject({ ok: true });
    expect(verify({ content }, signature, '', FORM, `/hook?a=${a}x`)).toMatchObject({ ok: false });
  });
  test.each([
    ['more than three steps', '{lower:lower:lower:lower:body}'],
    ['a step that is none', '{rot13:body}'],
    ['the same in every call', '{base64:method}{upper:secret}'],
    ['a setting', '{base64:config:x}{body}'],
  ])('not %s', (_name, content) => {
    const auth = { type: 'signature', sig: { from: 'header:x' }, secrets: ['a'], content } as WebhookAuth;
    expect(authRule(auth, 'auth')).toHaveLength(1);
  });
  test('the secret opens in that place only', () => {
    const use = (content: string) =>
      secretUse({ type: 'signature', kind: 'hash', sig: { from: 'header:x' }, secrets: [], content });
    expect(use('{body}{base64:secret}')).not.toEqual(use('{body}{plus:secret}'));
  });
});

describe('a body that is written anew as a text', () => {
  const call = (content: string, rawBody: Buffer, asSigned: string) =>
    verifyRequest({
      auth: { type: 'signature', sig: { from: 'header:x-sig' }, secrets: ['s3cret'], content } as WebhookAuth,
      request: {
        method: 'POST',
        url: '/',
        headers: { 'x-sig': createHmac('sha256', 's3cret').update(asSigned).digest('hex') },
        rawBody,
      },
      now: 1_700_000_000,
    });
  const same = (text: string) => text;
  test.each<[string, (text: string) => string]>([
    ['lower', same],
    ['upper', same],
    ['quoted', (text) => JSON.stringify(text)],
    ['percent', encodeURIComponent],
    ['plus', encodeURIComponent],
    ['net', encodeURIComponent],
    ['sha256:lower', (text) => createHash('sha256').update(text).digest('hex')],
  ])('%s: has no bytes that a signature over another text would fit', (steps, write) => {
    expect(call(`{${steps}:body}`, Buffer.from('\ufffd'), write('\ufffd'))).toMatchObject({ ok: true });
    expect(call(`{${steps}:body}`, Buffer.from([0xff]), write('\ufffd'))).toEqual(refused(/none in UTF-8/));
  });
  test('is anything where its bytes count', () => {
    expect(call('{base64:body}', Buffer.from([0xff]), '/w==')).toMatchObject({ ok: true });
    const digest = createHash('sha256')
      .update(Buffer.from([0xff]))
      .digest('hex');
    expect(call('{sha256:body}', Buffer.from([0xff]), digest)).toMatchObject({ ok: true });
  });
});

describe('an item beside the signature: Hygraph’s environment', () => {
  const call = (header: string, body: string) =>
    verifyRequest({
      auth: { type: 'provider', provider: 'hygraph', secrets: ['a-signing-secret'] },
      request: { method: 'POST', url: '/', headers: { 'gcms-signature': header }, rawBody: Buffer.from(body) },
      now: 1_700_000_000,
    });
  const body =
    '{"operation":"publish","data":{"__typename":"Post","id":"ckt1a2b3c4d5e0a98","stage":"PUBLISHED","title":"Grüße \\"x\\""}}';
  const header = 'sign=eCu88Mf2TLwcYvP/cSZCMWOfuJ8kSteAUTxbkxdIg5A=, env=master, t=1700000000000';
  test('is signed', () => {
    expect(call(header, body)).toMatchObject({ ok: true });
    expect(call(header.replace('master', 'develop'), body)).toMatchObject({ ok: false });
    expect(call(header.replace(' env=master,', ''), body)).toEqual(refused(/no "env="/));
    expect(call(header.replace('t=17', 't=16'), body)).toMatchObject({ ok: false });
  });
});

describe('what is no text, and would be signed like anything else that is none', () => {
  const JSON_TYPE = 'application/json';
  const send = (content: string, signed: string, type: string, body: Buffer | string, url = '/hook') => {
    const headers = { 'x-sig': createHmac('sha256', 's3cret').update(signed).digest('hex'), 'content-type': type };
    const auth = { type: 'signature', sig: { from: 'header:x-sig' }, secrets: ['s3cret'], content } as WebhookAuth;
    const request: VerifyRequest = { method: 'POST', url, headers, rawBody: Buffer.from(body as string) };
    return verifyRequest({ auth, request, now: 1_700_000_000 } as VerifyInput);
  };
  const latin = (text: string) => Buffer.from(text, 'latin1');

  test.each<[string, string, string, Buffer | string, string?]>([
    ['{sorted-json}', '{"a":"\ufffd"}', JSON_TYPE, latin('{"a":"\xe9"}')],
    ['{received-json}', '{"a":"\ufffd"}', JSON_TYPE, latin('{"a":"\xe8"}')],
    ['{received-json}', '{"\ufffd":1}', JSON_TYPE, latin('{"\xe8":1}')],
    ['{json:a}', '\ufffd', JSON_TYPE, latin('{"a":"\xe9"}')],
    ['{json:a}', '\ufffd', JSON_TYPE, '{"a":"\\ud800"}'],
    ['{quoted:json:a}', '"\\ud800"', JSON_TYPE, '{"a":"\\ud800"}'],
    ['{xml:a}', '\ufffd', 'text/xml', latin('<xml><a>\xe9</a></xml>')],
    ['{sorted-form}', 'a\ufffd', FORM, 'a=%E9'],
    ['{sorted-form:=&}', 'a=\ufffd', FORM, latin('a=\xe9')],
    ['{received-form:=&}', '\ufffd=1', FORM, '%E9=1'],
    ['{sorted-form:=&}', '_charset_=iso-8859-1&a=\ufffd', FORM, 'a=%E9&_charset_=iso-8859-1'],
    ['{form:a}', '\ufffd', FORM, 'a=%E9'],
    ['{form-json:a.b}', '\ufffd', FORM, 'a=%7B%22b%22%3A%22%E9%22%7D'],
    ['{form-json:a.b}', '\ufffd', FORM, 'a=%7B%22b%22%3A%22%5Cud800%22%7D'],
    ['{query:a}{body}', '\ufffd{}', JSON_TYPE, '{}', '/hook?a=%E9'],
    ['{sorted-query:=&}{body}', 'a=\ufffd{}', JSON_TYPE, '{}', '/hook?a=%E9'],
  ])('is refused: %s', (content, signed, type, body, url) => {
    expect(send(content, signed, type, body, url)).toEqual(refused(/no text|no JSON object in UTF-8/));
  });

  test.each<[string, string, string, Buffer | string, string?]>([
    ['{sorted-json}', '{"a":"\ufffd"}', JSON_TYPE, '{"a":"\ufffd"}'],
    ['{sorted-json}', '{"a":"\\ud800"}', JSON_TYPE, '{"a":"\\ud800"}'],
    ['{json:a}', '\ufffd', JSON_TYPE, '{"a":"\ufffd"}'],
    ['{json:a}', '😀', JSON_TYPE, '{"a":"\\ud83d\\ude00"}'],
    ['{xml:a}', '\ufffd', 'text/xml', '<xml><a>\ufffd</a></xml>'],
    ['{sorted-form}', 'a\ufffd', FORM, 'a=%EF%BF%BD'],
    ['{form:a}', '\ufffd', FORM, 'a=\ufffd'],
    ['{query:a}{body}', '\ufffd{}', JSON_TYPE, '{}', '/hook?a=%EF%BF%BD'],
  ])('is not what was sent as such: %s', (content, signed, type, body, url) => {
    expect(send(content, signed, type, body, url)).toMatchObject({ ok: true });
  });
  test('gives half of a surrogate pair a text of its own, as it was written', () => {
    expect(send('{sorted-json}', '{"a":"\\ud800"}', JSON_TYPE, '{"a":"\\ud801"}')).toEqual(refused(/does not match/));
    expect(send('{sorted-json}', '{"a":"\\ud800"}', JSON_TYPE, '{"a":"\\ufffd"}')).toEqual(refused(/does not match/));
  });
});
