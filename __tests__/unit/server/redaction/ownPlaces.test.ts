import type { WebhookAuth } from '../../../../src/common/auth';
import type { Source } from '../../../../src/common/presets';
import { dataWithoutCredentials } from '../../../../src/server/credentials/body';
import { pathWithoutCredentials } from '../../../../src/server/credentials/values';
import { RouteTable } from '../../../../src/server/endpoints/RouteTable';
import { reportedPath } from '../../../../src/server/pipeline/reportedPath';
import { redactorOf } from '../../../../src/server/redaction';
import { formWithout } from '../../../../src/server/redaction/formWithout';
import { provenItems } from '../../../../src/server/redaction/provenItems';
import { Sources } from '../../../../src/server/verifiers/Sources';

const tokenAt = (from: Source | Source[], more: object = {}): WebhookAuth => ({
  type: 'signature',
  kind: 'token',
  sig: { from, ...more },
  secrets: [],
});
const PATH = tokenAt('path:token');
const segments = [{ literal: 'in' }, { param: 'token' }, { param: 'id' }];
const params = { token: 'pt9', id: '7' };

interface Sent {
  headers?: Record<string, string>;
  body?: string;
  isVerified?: boolean;
}

/** As the pipeline has one, as far as it is looked at. */
function delivery(auth: WebhookAuth, { headers = {}, body = '', isVerified = true }: Sent = {}) {
  return {
    endpoint: { segments, config: { auth } },
    method: 'POST',
    url: '/api/webhooks/in/pt9/7',
    path: '/api/webhooks/in/pt9/7',
    target: { path: 'in/pt9/7' },
    params,
    headers,
    rawBody: Buffer.from(body),
    ...(isVerified && { verification: { ok: true } }),
  } as unknown as Parameters<typeof redactorOf>[0];
}

describe('in the path', () => {
  it.each([
    ['/api/webhooks/in/pt9/7', params, '/api/webhooks/in/[redacted]/7'],
    ['/api/webhooks/in/%70t9/7/', params, '/api/webhooks/in/[redacted]/7/'],
    ['in/pt9/pt9', { token: 'pt9', id: 'pt9' }, 'in/[redacted]/pt9'],
    ['/api/webhooks/key', {}, '/api/webhooks/key'],
  ])('%s', (path, found, kept) => {
    expect(pathWithoutCredentials(path, found, { segments, auth: PATH })).toBe(kept);
    expect(pathWithoutCredentials(path, found, { segments, auth: { type: 'none' } })).toBe(path);
  });

  it.each([true, false])('and in its parameters, whether the sender is verified or not: %s', (isVerified) => {
    const sent = delivery(PATH, { isVerified });
    const redactor = redactorOf(sent);
    expect(redactor.text(sent.path)).toBe('/api/webhooks/in/[redacted]/7');
    expect(redactor.value(sent.params)).toEqual({ token: '[redacted]', id: '7' });
    expect(redactor.value({ token: 'x' })).toEqual({ token: 'x' });
  });

  it('goes out of reports, also of a call that no webhook took', () => {
    const sent = delivery(PATH);
    const { endpoint, ...unmatched } = sent;
    const routes = new RouteTable();
    expect(reportedPath(sent, routes)).toBe('in/[redacted]/7');
    expect(reportedPath({ ...unmatched, candidates: [{ endpoint, params }] }, routes)).toBe('in/[redacted]/7');
  });

  it('goes out of reports of what leads to no webhook, where any part may be one: but for what paths say themselves', () => {
    const { endpoint, ...unmatched } = delivery(PATH);
    const routes = new RouteTable();
    const [inside] = ['in'].map((literal) => [{ literal }]);
    const other = { ...endpoint, key: 'other', segments: inside };
    const unknown = { ...unmatched, params: undefined };
    expect(reportedPath(unknown, routes)).toBe('[redacted]/[redacted]/[redacted]');
    routes.add(other as typeof endpoint);
    expect(reportedPath(unknown, routes)).toBe('in/[redacted]/[redacted]');
    expect(reportedPath({ ...unknown, target: { path: '%69n/p%ff/' } } as typeof unknown, routes)).toBe(
      '%69n/[redacted]/',
    );
    routes.removeKey('other');
    expect(reportedPath(unknown, routes)).toBe('[redacted]/[redacted]/[redacted]');
  });
});

describe('in a form', () => {
  it.each([
    ['tok=a&x=1', 'tok=[redacted]&x=1'],
    ['x=1&%74ok=%61&tok', 'x=1&%74ok=[redacted]&tok=[redacted]'],
    ['a+b=1&tok=a=b&&c=%ff\xe9', 'a+b=1&tok=[redacted]&&c=%ff\xe9'],
  ])('%s', (sent, kept) => {
    expect(formWithout(Buffer.from(sent, 'latin1'), ['tok']).toString('latin1')).toBe(kept);
  });

  it('without the field, or with more fields than are read, it stays the same bytes', () => {
    for (const text of ['', 'token=a', 'x=tok', `tok=a${'&b=1'.repeat(1_000)}`]) {
      const body = Buffer.from(text);
      expect(formWithout(body, ['tok'])).toBe(body);
    }
  });
});

describe('in what was read of the body', () => {
  it.each<[Source, unknown, unknown]>([
    ['form:tok', { tok: 'a', x: 1 }, { tok: '[redacted]', x: 1 }],
    ['form:a[b]', { a: { b: 'x', c: 1 } }, { a: { b: '[redacted]', c: 1 } }],
    ['form:a[1][b]', { a: [{ b: 1 }, { b: 'x' }] }, { a: [{ b: 1 }, { b: '[redacted]' }] }],
    ['form:a[]', { a: ['x', 'y'] }, { a: ['[redacted]', '[redacted]'] }],
    ['form:a[b]', { a: ['z', { b: 'x' }] }, { a: ['z', { b: '[redacted]' }] }],
    ['form:a[b]', { b: 1 }, { b: 1 }],
    ['xml:Tok', { m: { Tok: 'a', x: '1' } }, { m: { Tok: '[redacted]', x: '1' } }],
    ['xml:Tok', { m: { Tok: { '@a': '1', $text: 'a' } } }, { m: { Tok: '[redacted]' } }],
    ['xml:n:Tok', { m: { n_Tok: ['a', 'b'] } }, { m: { n_Tok: ['[redacted]', '[redacted]'] } }],
    ['xml:Tok', { m: { a: { Tok: 'a' } } }, { m: { a: { Tok: 'a' } } }],
    ['xml:Tok', { m: 'a' }, { m: 'a' }],
    ['xml:Tok', null, null],
  ])('%s of %j', (place, data, kept) => {
    expect(dataWithoutCredentials(data, tokenAt(place))).toEqual(kept);
  });
});

describe('a raw body in which it can’t be told where it stands is left out as a whole', () => {
  const boundary = { 'content-type': 'multipart/form-data; boundary=b' };
  const part = (value: string) => `--b\r\ncontent-disposition: form-data; name="tok"\r\n\r\n${value}\r\n--b--\r\n`;
  const XML = tokenAt('xml:Tok');
  const FORM = tokenAt('form:tok');
  const kept = (auth: WebhookAuth, sent: Sent) =>
    redactorOf(delivery(auth, sent))
      .body(Buffer.from(sent.body ?? ''))
      .toString();

  it.each<[string, WebhookAuth, Sent, string]>([
    ['short in XML', XML, { body: '<m><Tok>a1</Tok></m>' }, '[redacted]'],
    ['long in XML', XML, { body: '<m><Tok>abcdefgh</Tok></m>' }, '<m><Tok>[redacted]</Tok></m>'],
    ['in pieces in XML', XML, { body: '<m><Tok>abcd<![CDATA[efgh]]></Tok></m>' }, '[redacted]'],
    ['XML without one', XML, { body: '<m><Tik>a1</Tik></m>' }, '<m><Tik>a1</Tik></m>'],
    ['short in multipart', FORM, { headers: boundary, body: part('a1') }, '[redacted]'],
    ['long in multipart', FORM, { headers: boundary, body: part('abcdefgh') }, part('[redacted]')],
    ['short in a form', FORM, { body: 'tok=a1' }, 'tok=[redacted]'],
  ])('%s', (_what, auth, sent, expected) => {
    expect(kept(auth, sent)).toBe(expected);
  });

  it('and nothing is read of a sender who isn’t verified', () => {
    const body = '<m><Tok>a1</Tok></m>';
    expect(kept(XML, { body, isVerified: false })).toBe(body);
  });
});

describe('what is looked for elsewhere is what was compared', () => {
  const base64 = Buffer.from('{"t":"item","u":1}').toString('base64');
  it.each<[string, WebhookAuth, string, string[]]>([
    ['a field of JSON in base64', tokenAt('header:x-k', { json: 't' }), base64, ['item']],
    ['items of a list', tokenAt('header:x-k', { split: ',' }), 'one, two', ['one', 'two']],
    ['behind a prefix', tokenAt('header:x-k', { strip: 'Key-' }), 'key-one', ['one']],
    [
      'behind words',
      { type: 'token', in: 'header', name: 'X-K', scheme: 'My Key', secrets: [] },
      'my key  one',
      ['one'],
    ],
    ['of a signature nothing', { type: 'signature', sig: { from: 'header:x-k' }, secrets: [] }, 'one', []],
  ])('%s', (_what, auth, value, items) => {
    const request = { method: 'POST', url: '/', headers: { 'x-k': value }, rawBody: Buffer.alloc(0) };
    expect([...new Set(provenItems(auth, new Sources(request, {}), true))].filter(Boolean)).toEqual(items);
  });

  it('and of a sender who isn’t verified no more than a few, and none of the body', () => {
    const many = Array.from({ length: 30 }, (_x, n) => `token-${n}`);
    const request = { method: 'POST', url: '/', headers: { 'x-k': many.join() }, rawBody: Buffer.from('tok=item') };
    const found = provenItems(tokenAt('header:x-k', { split: ',' }), new Sources(request, {}), false);
    expect([...new Set(found)].filter(Boolean)).toHaveLength(8);
    expect(provenItems(tokenAt('form:tok'), new Sources(request, {}), false)).toEqual([]);
    expect(provenItems(tokenAt('form:tok'), new Sources(request, {}), true)).toContain('item');
  });
});
