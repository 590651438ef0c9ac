import type { WebhookAuth } from '../../../../src/common/auth';
import { authRule } from '../../../../src/common/validateAuth';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyInput, VerifyRequest } from '../../../../src/server/verifiers/types';
import { cpuClock } from '../../../support/cpuTime';

// Services that aren't listed, as a maker sets them up. The signatures are literal: made with Python's hmac and hashlib,
// by the rule that each of them documents.

const NOW = 1_700_000_010;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const refused = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });

interface Call {
  query?: string;
  headers?: Record<string, string>;
  body?: string;
}

function verify(auth: object, { query = '', headers = {}, body = '' }: Call) {
  const whole = { type: 'signature', secrets: ['s3cret'], ...auth } as WebhookAuth;
  expect(authRule(whole, 'auth')).toEqual([]);
  const url = `https://nocobase.example.com/api/webhooks/key${query}`;
  const request: VerifyRequest = { method: 'POST', url, headers, rawBody: Buffer.from(body) };
  return verifyRequest({ auth: whole, request, now: NOW } as VerifyInput);
}

describe('Paymob: numbers, truth values and null as they were sent', () => {
  const auth = {
    alg: 'sha512',
    sig: { from: 'query:hmac' },
    content:
      '{json:obj.amount_cents}{json:obj.id}{json:obj.success}{json:obj.is_void}{json:obj.error}{json:obj.data.rate}{json:obj.data.big}',
  };
  const query =
    '?hmac=f959feeaa41e83d05d37e65b5b2df61cee51761150d91e216588e8aef88b3fbb61190fe1497210f20d87ed4bbfd9b32004d01d5fdd08c057270e50fabba2962a';
  const body =
    '{"type":"TRANSACTION","obj":{"id":192036465,"amount_cents":10.00,"success":true,"is_void":false,"error":null,"data":{"rate":1E2,"big":12345678901234567890}}}';
  const send = (text: string) => verify(auth, { query, headers: JSON_TYPE, body: text });

  test('are what is signed', () => expect(send(body)).toMatchObject({ ok: true }));
  test.each([
    ['10.00', '10.0'],
    ['10.00', '10'],
    ['10.00', '-10.00'],
    ['true', 'false'],
    ['1E2', '100'],
    ['null', '""'],
    ['7890}', '7891}'],
  ])('are not those of another body: %s as %s', (from, to) => {
    expect(send(body.replace(from, to))).toMatchObject({ ok: false });
  });
  test('may be written as texts, which read the same', () => {
    expect(send(body.replace('10.00', '"10.00"'))).toMatchObject({ ok: true });
  });
  test.each([
    ['a list', '[10.00]', /"obj.amount_cents" is missing/],
    ['an object', '{"a":10.00}', /"obj.amount_cents" is missing/],
  ])('are no part of %s', (_name, value, reason) => {
    expect(send(body.replace('10.00', value))).toEqual(refused(reason));
  });
  test('are those of the last field, where a name is there twice, as the workflow reads it', () => {
    expect(send(body.replace('"amount_cents"', '"amount_cents":99,"amount_cents"'))).toMatchObject({ ok: true });
    expect(send(body.replace('10.00', '10.00,"amount_cents":99'))).toMatchObject({ ok: false });
  });
  test('are found behind texts with quotation marks, digits and backslashes', () => {
    const before = '"\\\\":"1\\"2,3\\\\","a":[-1,{"b":2.50},"\\u0031"],';
    expect(send(body.replace('{', `{${before}`))).toMatchObject({ ok: true });
  });
});

test('numbers of a megabyte are read once, however many of them are signed', () => {
  const body = `{"n":[${'1,'.repeat(500_000)}1],"x":1.50}`;
  const content = '{json:x}'.repeat(100);
  const spent = cpuClock();
  expect(verify({ sig: { from: 'header:x-sig' }, content }, { headers: { 'x-sig': '0'.repeat(64) }, body })).toEqual(
    refused(/does not match/),
  );
  expect(spent()).toBeLessThan(3_000);
});

test('an item of a list that lacks the value is missing, not null', () => {
  const auth = { sig: { from: 'header:x-sig' }, content: '{json:list[].a}' };
  expect(verify(auth, { headers: { 'x-sig': '0'.repeat(64) }, body: '{"list":[{}]}' })).toEqual(refused(/is missing/));
});

describe('PayU: fields that are there but empty', () => {
  const auth = {
    kind: 'hash',
    alg: 'sha512',
    sig: { from: 'form:hash' },
    content:
      '{secret}|{form:status}||||||{form:udf5}|{form:udf4}|{form:udf3}|{form:udf2}|{form:udf1}|{form:email}|{form:firstname}|{form:productinfo}|{form:amount}|{form:txnid}|{form:key}',
  };
  const body =
    'status=success&udf5=&udf4=&udf3=&udf2=&udf1=&email=a%40b.c&firstname=Ann&productinfo=pen&amount=10.00&txnid=t1&key=K&hash=c51576aca3ef84b97979cc283583de65db69865092f82a77b62daf471ea9d9367e0c62c713c88ccf32df3e54df6bf92fc4ef6c0300bc822f5414754bc6ef20ff';
  const send = (text: string) => verify(auth, { headers: FORM, body: text });

  test('are empty texts', () => expect(send(body)).toMatchObject({ ok: true }));
  test('are not the same as fields that are missing', () => {
    expect(send(body.replace('udf3=&', ''))).toEqual(refused(/"udf3" is missing/));
  });
  test.each([
    ['10.00', '99.00'],
    ['udf3=', 'udf3=x'],
    ['udf3=', 'udf3=&udf3='],
  ])('is refused with %s as %s', (from, to) => {
    expect(send(body.replace(from, to))).toMatchObject({ ok: false });
  });
  test('is refused where the signature itself is empty', () => {
    expect(send(body.replace(/hash=.*/, 'hash='))).toEqual(refused(/"hash" is missing/));
  });
});

describe('Dropbox Sign: a JSON document in a field of a form', () => {
  const auth = {
    sig: { from: 'form-json:json.event.event_hash' },
    content: '{form-json:json.event.event_time}{form-json:json.event.event_type}',
    id: ['form-json:json.event.event_hash'],
  };
  const body =
    'json=%7B%22event%22%3A%7B%22event_time%22%3A%221700000000%22%2C%22event_type%22%3A%22signature_request_sent%22%2C%22event_hash%22%3A%2224af101a49b04c8b2c106c3851a32c0bf95e5f93e9381be0a3ab31ea4fae6468%22%7D%7D';
  const id = '24af101a49b04c8b2c106c3851a32c0bf95e5f93e9381be0a3ab31ea4fae6468';
  const send = (text: string, headers: Record<string, string> = FORM) => verify(auth, { headers, body: text });

  test('holds what is signed, and the signature', () => {
    expect(send(body)).toMatchObject({ ok: true, deliveryId: id });
  });
  test('may be in a part of a multipart body', () => {
    const text = `--xx\r\nContent-Disposition: form-data; name="json"\r\n\r\n${new URLSearchParams(body).get('json')}\r\n--xx--\r\n`;
    expect(send(text, { 'content-type': 'multipart/form-data; boundary=xx' })).toMatchObject({ ok: true });
  });
  test.each([
    ['it is another event', (text: string) => text.replace('_sent', '_signed'), /does not match/],
    ['the field is there twice', (text: string) => `${text}&${text}`, /more than once/],
    ['the field is no JSON', () => 'json=%7B', /"json.event.event_hash" is missing/],
    ['there is no such field', () => 'a=1', /"json.event.event_hash" is missing/],
  ])('is refused where %s', (_name, changed, reason) => expect(send(changed(body))).toEqual(refused(reason)));
});

describe('Ko-fi: a token in such a document', () => {
  const auth = { type: 'token', in: 'body', name: 'data.verification_token', secrets: ['0f1e2d3c-aaaa'] };
  const body =
    'data=%7B%22verification_token%22%3A+%220f1e2d3c-aaaa%22%2C+%22message_id%22%3A+%22m1%22%2C+%22amount%22%3A+%223.00%22%7D';

  test('is found', () => {
    expect(verify(auth, { headers: FORM, body })).toMatchObject({
      ok: true,
      plaintext: { contentType: FORM['content-type'] },
    });
  });
  test('is found by a signature of the kind token', () => {
    const scheme = { kind: 'token', sig: { from: 'form-json:data.verification_token' }, secrets: auth.secrets };
    expect(verify(scheme, { headers: FORM, body })).toMatchObject({ ok: true });
    // Whatever a header says of the body, it is read as what it was verified as.
    expect(verify(scheme, { headers: JSON_TYPE, body })).toMatchObject({
      plaintext: { contentType: FORM['content-type'] },
    });
  });
  test.each([body.replace('0f1e', '0f1f'), 'data=%7B%7D', `${body}&${body}`, 'data=', ''])(
    'is refused in %j',
    (text) => {
      expect(verify(auth, { headers: FORM, body: text })).toMatchObject({ ok: false });
    },
  );
});

describe('VNPay: a query that is encoded once more', () => {
  const sent = 'vnp_TxnRef=5&vnp_OrderInfo=Thanh+to%C3%A1n+%C4%91%C6%A1n%3A+5~%28%2A%29%27%21&vnp_Amount=1000000';
  const plus = {
    alg: 'sha512',
    sig: { from: 'query:vnp_SecureHash' },
    content: '{sorted-query-plus:=&!vnp_SecureHash,vnp_SecureHashType}',
  };
  const percent = { sig: { from: 'query:vnp_SecureHash' }, content: '{sorted-query-percent:=&!vnp_SecureHash}' };
  const [inPlus, inPercent] = [
    'a370f10aed298c6a43d073f705edaceddfa6d591e71c26230e9d04d14902a870d5c0ee8407a84098a0b29edce57f9086d5b13ba5dd09921accc3b83f0e1eff52',
    '8c9ef2274302df344da9efd39ea8f119dc581f77ce022bf0172b7cb30635fee8',
  ];
  const send = (auth: object, signature: string, query = sent) =>
    verify(auth, { query: `?${query}&vnp_SecureHash=${signature}` });

  test('is sorted, with a plus for a space', () => expect(send(plus, inPlus)).toMatchObject({ ok: true }));
  test('is sorted, percent-encoded', () => expect(send(percent, inPercent)).toMatchObject({ ok: true }));
  test('is not the one where the other is signed, nor one with another value', () => {
    expect(send(percent, inPlus.slice(0, 64))).toMatchObject({ ok: false });
    expect(send(plus, inPlus, sent.replace('1000000', '1000001'))).toMatchObject({ ok: false });
    expect(send(plus, inPlus, `${sent}&a=1`)).toMatchObject({ ok: false });
  });
  test('can hold what stands between fields', () => {
    expect(
      send(percent, 'c80bfa67ba33fe23df0fc2e949a1b8a6f723d4f3ad52d8768d549fff8cf833b0', 'a=x%26b%3D1'),
    ).toMatchObject({ ok: true });
    expect(send(percent, 'c80bfa67ba33fe23df0fc2e949a1b8a6f723d4f3ad52d8768d549fff8cf833b0', 'a=x&b=1')).toMatchObject({
      ok: false,
    });
  });
});

describe('Persona: several sets of signatures, each with its own time', () => {
  const auth = {
    sig: { from: 'header:persona-signature', sets: ' ', split: ',', prefix: 'v1=' },
    ts: { from: 'sig:t=', tol: 300 },
    content: '{ts}.{body}',
  };
  const body = '{"data":{"type":"event","id":"evt_1"}}';
  const [other, own] = [
    't=1700000000,v1=0dd215c3ad19a6629f67c8534a1f5ed4a926d4b3f1e500034a5bfadf8c61b110',
    't=1700000010,v1=d28ac08301dfd3312e96423305b539a4651bd6910bf5f824fb5f8f7f5799ba2f',
  ];
  const send = (header: string, text = body, change: object = {}) =>
    verify({ ...auth, ...change }, { headers: { ...JSON_TYPE, 'persona-signature': header }, body: text });

  test.each([`${other} ${own}`, `${own} ${other}`, own, `  ${own} `])('are taken where one matches: %s', (header) => {
    expect(send(header)).toMatchObject({ ok: true });
  });
  test.each([
    ['none matches', other, /does not match/],
    ['a signature is put to the time of another set', `${other.split(',')[0]},${own.split(',')[1]}`, /does not match/],
    ['the one that matches is of another time', own.replace('010', '011'), /does not match/],
    ['it is too old', own.replace('1700000010', '1600000010'), /s are allowed/],
    [
      'there are more than any rotation has',
      [1, 2, 3, 4].map((n) => `t=${n},v1=00`).join(' ') + ` ${own}`,
      /more than 4 sets/,
    ],
    ['there is none', ' ', /no signature|is missing/],
  ])('are refused where %s', (_name, header, reason) => expect(send(header)).toEqual(refused(reason)));
  test('are refused with another body', () => expect(send(`${other} ${own}`, `${body} `)).toMatchObject({ ok: false }));
  test('are checked with no more than forty pairs of keys and signatures', () => {
    const raw = Buffer.alloc(32, 1).toString('base64');
    const keys = Array.from({ length: 20 }, () => raw);
    const sets = [1, 2, 3].map((n) => `t=170000001${n},v1=${'0'.repeat(128)}`).join(' ');
    expect(send(sets, body, { kind: 'ed25519', key: { enc: 'raw-base64' }, secrets: keys })).toEqual(
      refused(/more signatures than can be tried/),
    );
  });
});

describe('Wix: a token that is the whole body', () => {
  const token =
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJkYXRhIjoie1wiZXZlbnRUeXBlXCI6XCJPcmRlclBhaWRcIixcImluc3RhbmNlSWRcIjpcImktMVwifSIsImFtb3VudCI6MTAuMDAsImp0aSI6Im0tNyIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAwMzAwfQ.VibJL3GcH2mGXiUHaKsrJCApsP3Urb-KvMjdNu6NENM';
  const auth = { type: 'jwt', in: 'body', algorithms: ['HS256'] };
  const claims =
    '{"data":"{\\"eventType\\":\\"OrderPaid\\",\\"instanceId\\":\\"i-1\\"}","amount":10.00,"jti":"m-7","iat":1700000000,"exp":1700000300}';

  test('is verified, and what it says is the body, digit by digit', async () => {
    const result = await verify(auth, { headers: { 'content-type': 'text/plain' }, body: `${token}\n` });
    expect(result).toMatchObject({ ok: true, deliveryId: 'm-7', plaintext: { contentType: 'application/json' } });
    expect(result.ok && result.plaintext?.body.toString()).toBe(claims);
  });
  test.each([
    ['a field of JSON', 'signed.payload', JSON_TYPE, JSON.stringify({ signed: { payload: token }, other: 1 })],
    ['a field of a form', 'logout_token', FORM, `logout_token=${token}&other=1`],
    ['JSON in a field of a form', 'data.token', FORM, `data=${encodeURIComponent(JSON.stringify({ token }))}`],
  ])('may stand in %s: nothing but what it says is the data', async (_name, name, headers, body) => {
    const result = await verify({ ...auth, name }, { headers, body });
    expect(result.ok && result.plaintext?.body.toString()).toBe(claims);
  });
  test.each([
    [
      'it was changed',
      auth,
      token.replace(/.(?=\.[^.]*$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
      /does not match/,
    ],
    ['it has no signature', auth, token.replace(/[^.]*$/, ''), /not a signed/],
    ['its algorithm is not taken', { ...auth, algorithms: ['RS256'] }, token, /not one that is allowed/],
    ['a claim is another', { ...auth, claims: { jti: 'm-8' } }, token, /"jti" is not/],
    ['it is older than it may be', { ...auth, maxAge: 1, clockTolerance: 0 }, token, /too long ago/],
    ['the body is none', auth, '', /not a signed/],
    ['it is longer than any', auth, `${token}${'A'.repeat(300_000)}`, /not a signed/],
    ['it is not in the field', { ...auth, name: 'a' }, token, /is missing/],
  ])('is refused where %s', async (_name, change, body, reason) => {
    expect(await verify(change, { headers: JSON_TYPE, body })).toEqual(refused(reason));
  });
});

describe('a challenge that is wrong', () => {
  const secrets = ['s3cret'];
  const verifyCode = {
    sig: { from: 'header:x-sig' },
    handshake: [
      { kind: 'verify', when: { 'query:verify': 'right' }, auth: 'none', reply: { status: 204 } },
      { kind: 'wrong code', when: { has: 'query:verify' }, auth: 'none', reply: { status: 404 } },
    ],
    secrets,
  };
  test.each([
    ['right', 204],
    ['wrong', 404],
  ])('is answered with the status of the row below: %s', (code, status) => {
    expect(verify(verifyCode, { query: `?verify=${code}` })).toMatchObject({ ok: true, handshake: { status } });
  });
  test('is refused with a status of its own, and counts as a failure', () => {
    const row = { kind: 'verify', when: { has: 'query:verify' }, reply: { status: 204 } };
    const auth = {
      ...verifyCode,
      handshake: [{ ...row, auth: { from: 'query:verify', equals: 'secret', wrong: 404 } }],
    };
    expect(verify(auth, { query: '?verify=s3cret' })).toMatchObject({ ok: true, handshake: { status: 204 } });
    expect(verify(auth, { query: '?verify=x' })).toMatchObject({ ok: false, status: 404 });
  });
});
