import type { SignatureAuth } from '../../../../src/common/auth';
import type { Handshake } from '../../../../src/common/presets';
import { parseBounded } from '../../../../src/server/boundedJson';
import { verifyRequest } from '../../../../src/server/verifiers';
import { leastCpuMs } from '../../../support/cpuTime';
import { saying } from '../../../support/reasons';

const MEGABYTE = 1_000_000;
const FORM = 'application/x-www-form-urlencoded';
const SIGNED = { from: 'header:x-sig' } as const;
const SECRETS = Array.from({ length: 20 }, (_x, n) => `secret ${n}`);

const ten = <T>(make: (n: number) => T): T[] => Array.from({ length: 10 }, (_x, n) => make(n));
const empties = `[${'{},'.repeat(140_000)}{}]${' '.repeat(500_000)}`;
const numbers = (literal: string) => `{"amount":10.50,"n":[${`${literal},`.repeat(960_000 / (literal.length + 1))}1]}`;
const deep = (fields: number) =>
  Array.from({ length: fields }, (_x, n) => `n${n}[${'a]['.repeat(300_000 / fields)}z]=1`).join('&');

const BIG = '12345678901234567890';
const range = <T>(length: number, make: (n: number) => T): T[] => Array.from({ length }, (_x, n) => make(n));
const behindPad = (fields: string) => `{"pad":[${'1,'.repeat(470_000)}1],${fields}}`;
const bigNumbers = behindPad(range(80, (n) => `"a${n}":${BIG}`).join(','));
const accents = JSON.stringify({ e: 'é'.repeat(480_000) });
const unclear = `${range(980, (n) => `n${n}=${'%C3%A9'.repeat(150)}`).join('&')}&z=a-b.c-d.e`;
const hashed = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].flatMap((alg) =>
  ['net', 'percent', 'plus'].flatMap((first) => ['net', 'percent'].map((last) => `{${alg}:${first}:${last}:json:e}`)),
);
const opened = (when: Handshake['when'], body: string, headers = {}): Handshake => ({
  kind: 'c',
  when,
  auth: 'none',
  reply: { status: 200, type: 'text/plain', body, headers },
});

type Row = [what: string, settings: Partial<SignatureAuth>, body: string, type?: string];

const ROWS: Row[] = [
  ['ten places in a list', { sig: { from: ten((n) => `json:[].a${n}` as const) } }, empties],
  ['ten places, each in full', { sig: { from: ten((n) => `json:[].a${n}` as const), any: true, all: true } }, empties],
  [
    'a hundred places of challenges',
    {
      handshake: ten(() => ({
        kind: 'c',
        when: { has: [...ten((n) => `json:[].a${n}` as const).slice(1), 'json:none'] },
        auth: 'none' as const,
        reply: { status: 200 },
      })),
    },
    empties,
  ],
  ['a list in one text', { sig: { from: 'json:a', split: ',' } }, JSON.stringify({ a: ','.repeat(MEGABYTE) })],
  [
    'a list in one text, named ten times',
    { sig: { from: ten(() => 'json:a' as const), any: true, split: ',' } },
    JSON.stringify({ a: ','.repeat(MEGABYTE) }),
  ],
  [
    'sets of lists',
    { sig: { from: 'json:a', sets: ',', split: ' ' } },
    JSON.stringify({ a: Array.from({ length: 150_000 }, (_x, n) => n.toString(36)).join(',') }),
  ],
  [
    'values sorted again and again',
    { content: `{sorted:${Array(60).fill('json:a,json:b').join(',')}}` },
    JSON.stringify({ a: 'x'.repeat(490_000), b: 'x'.repeat(490_000) }),
  ],
  ['a field whose name is brackets', { content: '{sorted-form:=&}' }, deep(1), FORM],
  ['many fields of brackets', { content: '{sorted-form:=&}' }, deep(900), FORM],
  ['JSON in a field', { sig: { from: ten((n) => `form-json:a.[].a${n}` as const) } }, `a=${empties}`, FORM],
  ['a list of numbers', { content: '{json:n[]}' }, numbers('1')],
  ['a number beside many', { content: '{json:amount}' }, numbers('1')],
  ['a number beside large ones', { content: '{json:amount}' }, numbers('12345678901234567890')],
  ['a number beside long ones', { content: '{json:amount}' }, numbers('0.1234567890123456')],
  [
    'secrets, texts and sets',
    {
      secrets: SECRETS,
      alg: 'sha512',
      sig: { ...SIGNED, sets: ' ' },
      content: '{secret}{body}{body}',
      alternatives: ['a', 'b', 'c', 'd'].map((text) => `{secret}{body}${text}{body}`),
    },
    empties,
  ],
  [
    'an answer with one number, again and again',
    {
      handshake: [
        opened(
          { has: 'json:a0' },
          '{json:a0}'.repeat(440),
          Object.fromEntries(ten((n) => [`x-h${n}`, '{json:a0}'.repeat(440)])),
        ),
      ],
    },
    bigNumbers,
  ],
  [
    'an answer with many numbers',
    { handshake: [opened({ has: 'json:a0' }, range(50, (n) => `{json:a${n}}`).join(' '))] },
    bigNumbers,
  ],
  [
    'challenges by their numbers',
    {
      handshake: ten((row) =>
        opened({ ...Object.fromEntries(ten((n) => [`json:a${n}`, BIG])), 'json:a10': `no${row}` }, ''),
      ),
    },
    bigNumbers,
  ],
  ['ten places of numbers', { sig: { from: ten((n) => `json:a${n}` as const), any: true } }, bigNumbers],
  ['eighty numbers', { content: range(80, (n) => `{json:a${n}}`).join('') }, bigNumbers],
  [
    'texts without a value, and many secrets',
    { secrets: SECRETS, content: '{body}', alternatives: ['a', 'b', 'c', 'd'].map((text) => `${text}{json:n[]}`) },
    behindPad('"n":[1,2]'),
  ],
  [
    'texts of a form that reads as several, and many secrets',
    {
      secrets: SECRETS,
      content: '{body}',
      alternatives: ['sorted', 'nocase', 'received'].map((order) => `${order}{${order}-form-percent:.-}`),
    },
    unclear,
    FORM,
  ],
  ['digests of what is written otherwise', { content: hashed.join('') }, accents],
  [
    'and of several texts',
    { content: hashed.join(''), alternatives: ['a', 'b', 'c', 'd'].map((text) => text + hashed.join('')) },
    accents,
  ],
  [
    'words that a body nearly holds',
    {
      content: `{header:x-sig}${'a'.repeat(400)}b${'a'.repeat(400)}{header:y}{body}`,
      alternatives: ['{header:x-sig}b{body}'],
    },
    'a'.repeat(MEGABYTE),
  ],
];

/** So many readings of a megabyte of JSON, and milliseconds for what else there is to do with it. */
const [READINGS, BESIDES] = [4, 100];

test.each(ROWS)('%s: a stranger’s megabyte keeps nobody busy', (_what, settings, body, type = 'application/json') => {
  const rawBody = Buffer.from(body);
  const signatures = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(128));
  const call = () =>
    verifyRequest({
      auth: { type: 'signature', secrets: SECRETS.slice(0, 1), sig: SIGNED, ...settings },
      request: {
        method: 'POST',
        url: 'https://a.example/',
        headers: { 'x-sig': settings.alg ? signatures.join(' ') : 'a'.repeat(64), 'content-type': type },
        rawBody,
      },
      now: 1_700_000_000,
    });
  expect(call()).toMatchObject({ ok: false });
  const text = body.startsWith('a=') ? body.slice(2) : body;
  const once = leastCpuMs(() => {
    try {
      parseBounded(text);
    } catch {
      // It is no JSON.
    }
  });
  expect(leastCpuMs(call)).toBeLessThan(READINGS * once + BESIDES);
});

const call = (settings: Partial<SignatureAuth>, body: string, headers: Record<string, string> = {}) =>
  verifyRequest({
    auth: { type: 'signature', secrets: SECRETS, sig: SIGNED, ...settings },
    request: { method: 'POST', url: 'https://a.example/', headers, rawBody: Buffer.from(body) },
    now: 1_700_000_000,
  });
const because = (reason: string) => ({ ok: false, reason: saying(reason) });

test('what is more than one call is given is refused, and says so', () => {
  expect(
    call(
      { content: '{body}{body}', alternatives: ['1{body}{body}', '2{body}{body}', '3{body}{body}', '4{body}{body}'] },
      empties,
      { 'x-sig': 'a'.repeat(64) },
    ),
  ).toEqual(because('more work than one call is given'));
  expect(call({ sig: { from: 'json:a', split: ',' } }, JSON.stringify({ a: ','.repeat(1_000) }))).toEqual(
    because('holds more than 1000 values'),
  );
  expect(
    call({ content: '{sorted-form:=&}' }, `a${'[b]'.repeat(11)}=1`, { 'x-sig': 'a'.repeat(64), 'content-type': FORM }),
  ).toEqual(because('more brackets'));
});

test('an answer with more places than any challenge asks for is refused', () => {
  const handshake = [opened({ has: 'json:a' }, '{json:a}'.repeat(25), { 'x-a': '{json:a}'.repeat(25) })];
  expect(call({ handshake }, '{"a":"b"}')).toMatchObject({ ok: true, handshake: { body: 'b'.repeat(25) } });
  const more = [opened({ has: 'json:a' }, '{json:a}'.repeat(26), { 'x-a': '{sha256:json:a+body}'.repeat(13) })];
  expect(call({ handshake: more }, '{"a":"b"}')).toEqual(because('more than any challenge'));
});

test('twenty secrets on a megabyte that is written anew are not too much work', () => {
  const content = '{base64:received-json:!sign}{secret}';
  expect(
    call({ kind: 'hash', alg: 'md5', content }, `{"a":"${'x'.repeat(MEGABYTE)}"}`, { 'x-sig': 'a'.repeat(32) }),
  ).toEqual(because('does not match'));
});

test('and twenty secrets on a megabyte are not', () => {
  expect(call({ content: '{body}{body}' }, empties, { 'x-sig': 'a'.repeat(64) })).toEqual(because('does not match'));
});
