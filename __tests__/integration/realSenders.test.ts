import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { WebhookConfigInput } from '../../src/common/config';
import { sharedHost, unique } from '../support/hosts';
import { exchange, head } from '../support/rawHttp';
import { addNode, createWebhook, waitFor, type WorkflowRecord } from '../support/workflows';

// Bytes as clients write them, and what becomes of them: `$context`, the delivery's row, and a record that a node writes.

const host = sharedHost('postgres');
const { api } = host;

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=XX';
const SECRET = 'a-shared-secret';

/** Answers with the whole `$context`, so that a test sees what the workflow sees. */
const ECHO = { status: 200, contentType: 'application/json', headers: [], body: '{{$context}}' };

interface Context {
  data: unknown;
  query: unknown;
  files: { field: string; title: string; extname: string; contentType: string; size: number }[];
}

interface Delivery {
  id: string;
  status: string;
  reason: string | null;
  body: string | null;
  bodyEncoding: string | null;
}

interface Sent {
  /** A list: the header is there as often. */
  type?: string | string[];
  headers?: Record<string, string>;
  body: string | Buffer;
  query?: string;
  config?: WebhookConfigInput;
}

/** What is right. */
interface Right {
  data: unknown;
  /** Template of the record's text, and what is written then. */
  value?: string;
  written?: string;
  files?: Partial<Context['files'][number]>[];
  /** The stored body; left out: the bytes that were sent. */
  kept?: string | Buffer;
}

type Row = [what: string, sent: Sent, right: Right];

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const parts = (...all: string[]) => latin1(`--XX\r\n${all.join('\r\n--XX\r\n')}\r\n--XX--\r\n`);
const field = (disposition: string, content: string, ...more: string[]) =>
  [`Content-Disposition: ${disposition}`, ...more, '', content].join('\r\n');

const collection = unique('real_');
beforeAll(async () => {
  await api.action('collections:create', {
    name: collection,
    fields: [
      { name: 'from', type: 'string', interface: 'input' },
      { name: 'text', type: 'text', interface: 'textarea' },
      { name: 'amount', type: 'double', interface: 'number' },
      { name: 'due', type: 'dateOnly', interface: 'date' },
    ],
  });
});

/** A webhook whose workflow writes a record. */
async function webhook(config: WebhookConfigInput = {}, values: object = {}): Promise<WorkflowRecord> {
  const workflow = await createWebhook(api, { response: ECHO, ...config }, { sync: true });
  await addNode(api, workflow, {
    type: 'create',
    config: { collection, params: { values: { from: workflow.key, ...values } } },
  });
  return workflow;
}

async function send(key: string, { type = [], headers = {}, body, query = '' }: Sent) {
  const bytes = Buffer.from(body as string);
  const types = [type].flat().map((one) => `Content-Type: ${one}\r\n`);
  const start = head('POST', `${host.webhook(key)}${query}`, {
    ...headers,
    'content-length': bytes.length,
    connection: 'close',
  });
  const request = `${start.slice(0, -2)}${types.join('')}\r\n`;
  const { answers } = await exchange(host.webhook(key), [request, bytes], 15_000);
  return { status: answers[0]?.status, answer: JSON.parse(latin1(answers[0]?.body ?? '').toString()) as unknown };
}

/** The webhook's deliveries with their bodies, oldest first, as soon as there are that many and all have ended. */
async function deliveriesOf(key: string, count: number): Promise<Delivery[]> {
  const ids = await waitFor(`${count} deliveries of ${key}`, 20_000, async () => {
    const found = await api.get<Delivery[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' });
    const ended = found.filter(({ status }) => !['received', 'started'].includes(status));
    return ended.length >= count && ended.map(({ id }) => id);
  });
  return Promise.all(ids.map((id) => api.get<Delivery>('webhookDeliveries:get', { filterByTk: id })));
}

const recordsOf = (key: string) =>
  api.get<Record<string, unknown>[]>(`${collection}:list`, { filter: JSON.stringify({ from: key }), sort: 'id' });

const bodyOf = ({ body, bodyEncoding }: Delivery) => Buffer.from(body ?? '', bodyEncoding as BufferEncoding);

async function expectRight(sent: Sent, { data, value = '', written = '', files, kept }: Right) {
  const { key } = await webhook(sent.config, { text: value });
  const { status, answer } = await send(key, sent);
  expect({ status, answer }).toMatchObject({ status: 200, answer: {} });
  const context = answer as Context;
  expect(context.data).toEqual(data);
  if (files) {
    expect(context.files).toMatchObject(files);
    expect(context.files).toHaveLength(files.length);
  }
  const [delivery] = await deliveriesOf(key, 1);
  expect(delivery).toMatchObject({ status: 'succeeded' });
  expect(delivery && bodyOf(delivery).toString('latin1')).toBe(
    Buffer.from((kept ?? sent.body) as string).toString('latin1'),
  );
  expect(await recordsOf(key)).toMatchObject([{ text: written }]);
}

describe('multipart, as clients write it', () => {
  it.each<Row>([
    [
      'curl: a field with a type of its own, and a file with quotes and a semicolon in its name',
      {
        type: 'multipart/form-data; boundary=------------------------d74496d66958873e',
        body: [
          '--------------------------d74496d66958873e',
          'Content-Disposition: form-data; name="meta"',
          'Content-Type: application/json',
          '',
          '{"a":1}',
          '--------------------------d74496d66958873e',
          'Content-Disposition: form-data; name="f"; filename="a\\"b;c.txt"',
          'Content-Type: text/plain',
          '',
          'hello',
          '--------------------------d74496d66958873e--',
          '',
        ].join('\r\n'),
      },
      {
        data: { meta: '{"a":1}' },
        value: '{{$context.data.meta}}',
        written: '{"a":1}',
        files: [{ field: 'f', contentType: 'text/plain', size: 5 }],
        kept: [
          '--------------------------d74496d66958873e',
          'Content-Disposition: form-data; name="meta"',
          'Content-Type: application/json',
          '',
          '{"a":1}',
          '--------------------------d74496d66958873e',
          'Content-Disposition: form-data; name="f"; filename="a\\"b;c.txt"',
          'Content-Type: text/plain',
          '',
          '',
          '--------------------------d74496d66958873e--',
          '',
        ].join('\r\n'),
      },
    ],
    [
      '.NET: a quoted boundary, names without quotes, and both forms of a file name',
      {
        type: 'multipart/form-data; boundary="XX"',
        body: parts(
          ['Content-Type: text/plain; charset=utf-8', 'Content-Disposition: form-data; name=order', '', '7'].join(
            '\r\n',
          ),
          field("form-data; name=f; filename=r.txt; filename*=utf-8''r%C3%A9sum%C3%A9.txt", 'hello'),
        ),
      },
      {
        data: { order: '7' },
        value: '{{$context.data.order}}',
        written: '7',
        files: [{ field: 'f', title: 'résumé', extname: '.txt', size: 5 }],
        kept: parts(
          ['Content-Type: text/plain; charset=utf-8', 'Content-Disposition: form-data; name=order', '', '7'].join(
            '\r\n',
          ),
          field("form-data; name=f; filename=r.txt; filename*=utf-8''r%C3%A9sum%C3%A9.txt", ''),
        ),
      },
    ],
    [
      'a camera: line feeds only, lengths in the parts, an event in XML and a picture',
      {
        type: MULTIPART,
        body: [
          '--XX',
          'Content-Disposition: form-data; name="anpr.xml"',
          'Content-Type: text/xml; charset="UTF-8"',
          'Content-Length: 12',
          '',
          '<a>XY-12</a>',
          '--XX',
          'Content-Disposition: form-data; name="pic"; filename="p.jpg"',
          'Content-Type: image/jpeg',
          'Content-Length: 3',
          '',
          'jpg',
          '--XX--',
          '',
        ].join('\n'),
      },
      {
        data: { 'anpr.xml': '<a>XY-12</a>' },
        files: [{ field: 'pic', title: 'p', extname: '.jpg', contentType: 'image/jpeg', size: 3 }],
        kept: [
          '--XX',
          'Content-Disposition: form-data; name="anpr.xml"',
          'Content-Type: text/xml; charset="UTF-8"',
          'Content-Length: 12',
          '',
          '<a>XY-12</a>',
          '--XX',
          'Content-Disposition: form-data; name="pic"; filename="p.jpg"',
          'Content-Type: image/jpeg',
          'Content-Length: 3',
          '',
          '',
          '--XX--',
          '',
        ].join('\n'),
      },
    ],
    [
      'a trailing semicolon, and the part behind it',
      {
        type: MULTIPART,
        body: parts(field('form-data; name="first";', '1'), field('form-data; name="second" ; ', '2')),
      },
      { data: { first: '1', second: '2' }, value: '{{$context.data.second}}', written: '2' },
    ],
    [
      'PHP: names in brackets, quoted or not, spaced',
      {
        type: MULTIPART,
        body: parts(
          field('form-data; name=tags[]', 'a'),
          field('form-data; name="tags[]"', 'b'),
          field('form-data;name = "o[1523][size]"', 'L'),
        ),
      },
      {
        data: { tags: ['a', 'b'], o: { 1523: { size: 'L' } } },
        value: '{{$context.data.o.1523.size}}',
        written: 'L',
      },
    ],
    [
      'a mail gateway: quoted-printable, base64, an encoded name, and an inline part',
      {
        type: MULTIPART,
        body: parts(
          field(
            'form-data; name="subject"',
            'caf=C3=A9',
            'Content-Type: text/plain; charset=utf-8',
            'Content-Transfer-Encoding: quoted-printable',
          ),
          field('inline; name="from"', 'YUBiLmM=', 'Content-Transfer-Encoding: base64'),
          field("form-data; name*=iso-8859-1''pr%E9nom", 'Ann'),
        ),
      },
      {
        data: { subject: 'café', from: 'a@b.c', prénom: 'Ann' },
        value: '{{$context.data.subject}}',
        written: 'café',
      },
    ],
    [
      'no disposition, no name, and no body before the next boundary',
      {
        type: MULTIPART,
        body: '--XX\r\nContent-Type: text/plain\r\n\r\nhello\r\n--XX\r\nContent-Disposition: form-data; name="a"\r\n--XX\r\nContent-Disposition: form-data; name="b"\r\n\r\n2\r\n--XX--',
      },
      { data: { '': 'hello', a: null, b: '2' }, value: '{{$context.data.b}}', written: '2' },
    ],
    [
      'a browser on Windows: a path as file name, an empty file field, text before and behind',
      {
        type: MULTIPART,
        body: Buffer.concat([
          latin1('preamble\r\n'),
          parts(
            field('form-data; name="f"; filename="C:\\docs\\a.txt"', 'x', 'Content-Type: text/plain'),
            field('form-data; name="n"', '1'),
          ),
          latin1('epilogue'),
        ]),
      },
      {
        data: { n: '1' },
        value: '{{$context.data.n}}',
        written: '1',
        files: [{ field: 'f', title: 'a', extname: '.txt', size: 1 }],
        kept: Buffer.concat([
          latin1('preamble\r\n'),
          parts(
            field('form-data; name="f"; filename="C:\\docs\\a.txt"', '', 'Content-Type: text/plain'),
            field('form-data; name="n"', '1'),
          ),
          latin1('epilogue'),
        ]),
      },
    ],
    [
      'SendGrid: a charset for each field',
      {
        type: MULTIPART,
        body: parts(
          field('form-data; name="text"', '\xc8\xd5\xb1\xbe'),
          field('form-data; name="subject"', 'caf\xe9'),
          field('form-data; name="charsets"', '{"text":"gbk","subject":"windows-1252"}'),
        ),
      },
      {
        data: { text: '日本', subject: 'café', charsets: '{"text":"gbk","subject":"windows-1252"}' },
        value: '{{$context.data.text}}{{$context.data.subject}}',
        written: '日本café',
      },
    ],
  ])('%s', (_what, sent, right) => expectRight(sent, right));

  it.each<[string, Buffer, RegExp]>([
    [
      'an unknown charset',
      parts(
        field('form-data; name=a', '1'),
        field('form-data; name=b', '\xe9', 'Content-Type: text/plain; charset=klingon'),
      ),
      /^BODY_MALFORMED: part 2 .*charset=klingon/,
    ],
    [
      'a quote that never ends',
      parts(field('form-data; name=a', '1'), field('form-data; name=a', '1'), 'no header at all\r\n\r\n2'),
      /^BODY_MALFORMED: part 3 .*no header at all/,
    ],
  ])('refuses the whole for %s, and names the part', async (_what, body, reason) => {
    const { key } = await webhook();
    expect(await send(key, { type: MULTIPART, body })).toMatchObject({
      status: 400,
      answer: { errors: [{ code: 'BODY_MALFORMED' }] },
    });
    expect(await deliveriesOf(key, 1)).toMatchObject([{ status: 'rejected', reason: expect.stringMatching(reason) }]);
    expect(await recordsOf(key)).toEqual([]);
  });
});

describe('forms, as clients write them', () => {
  it.each<Row>([
    [
      'WooCommerce and PHP: numbers as names, encoded brackets, gaps',
      { type: FORM, body: 'qty%5B1523%5D=2&options[1523][size]=L&line[0]=a&line[2]=c&i[0][k]=x&i[1][k]=y' },
      {
        data: {
          qty: { 1523: '2' },
          options: { 1523: { size: 'L' } },
          line: { 0: 'a', 2: 'c' },
          i: [{ k: 'x' }, { k: 'y' }],
        },
        value: '{{$context.data.qty.1523}}{{$context.data.options.1523.size}}',
        written: '2L',
      },
    ],
    [
      'names that every object has, nested too',
      { type: FORM, body: 'constructor=a&toString=b&a[hasOwnProperty]=c&a[valueOf][constructor]=d' },
      {
        data: { constructor: 'a', toString: 'b', a: { hasOwnProperty: 'c', valueOf: { constructor: 'd' } } },
        value: '{{$context.data.a.hasOwnProperty}}',
        written: 'c',
      },
    ],
    [
      'bad escapes, the old %u form, and bytes that make no character',
      { type: FORM, body: 'a=100%&b=%zz+caf%C3%A9&c=%u00e9&d=%C3%28' },
      {
        data: { a: '100%', b: '%zz café', c: '%u00e9', d: '\ufffd(' },
        value: '{{$context.data.b}}',
        written: '%zz café',
      },
    ],
    [
      'PayPal IPN: its own charset',
      { type: FORM, body: 'first_name=Ren%E9&charset=windows-1252&euro=%80' },
      {
        data: { first_name: 'René', charset: 'windows-1252', euro: '€' },
        value: '{{$context.data.first_name}}{{$context.data.euro}}',
        written: 'René€',
      },
    ],
    [
      'a Japanese page: _charset_',
      { type: FORM, body: '_charset_=Shift_JIS&name=%93%fa%96%7b' },
      { data: { _charset_: 'Shift_JIS', name: '日本' }, value: '{{$context.data.name}}', written: '日本' },
    ],
    [
      'a Chinese gateway: the charset of the content type',
      { type: `${FORM}; charset=GBK`, body: 'name=%D6%D0%B9%FA' },
      { data: { name: '中国' }, value: '{{$context.data.name}}', written: '中国' },
    ],
    [
      'the query of a form that comes by GET elsewhere',
      { type: FORM, body: 'a=1', query: '?qty[1523]=2&toString=x&p=100%&q=%E9' },
      { data: { a: '1' }, value: '{{$context.query.qty.1523}}{{$context.query.p}}', written: '2100%' },
    ],
  ])('%s', (_what, sent, right) => expectRight(sent, right));

  const optional = { amount: '{{$context.data.amount}}', due: '{{$context.data.due}}' };

  it.each<[string, Sent]>([
    ['a form', { type: FORM, body: 'amount=&due=&note=x' }],
    [
      'multipart',
      {
        type: MULTIPART,
        body: parts(
          field('form-data; name="amount"', ''),
          field('form-data; name="due"', ''),
          field('form-data; name="note"', 'x'),
        ),
      },
    ],
  ])('a number and a date left empty in %s are null, and make the record', async (_what, sent) => {
    const { key } = await webhook({}, optional);
    const { answer } = await send(key, sent);
    expect((answer as Context).data).toEqual({ amount: null, due: null, note: 'x' });
    expect(await recordsOf(key)).toMatchObject([{ amount: null, due: null }]);
    expect(await deliveriesOf(key, 1)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('an empty field is an empty text where the webhook wants that, and in JSON', async () => {
    await expectRight(
      { type: FORM, body: 'a=&b=1', config: { body: { emptyAsNull: false } } },
      { data: { a: '', b: '1' }, value: '[{{$context.data.a}}]', written: '[]' },
    );
    await expectRight(
      { type: 'application/json', body: '{"a":""}' },
      { data: { a: '' }, value: '[{{$context.data.a}}]', written: '[]' },
    );
  });
});

describe('a body of a type that is missing, odd or wrong', () => {
  const JSON_BODY = '{"id":7}';
  const seven = { data: { id: 7 }, value: '{{$context.data.id}}', written: '7' };
  const base64 = (bytes: Buffer) => ({ base64: bytes.toString('base64'), contentType: '', size: bytes.length });
  const cxml = '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd"><cXML payloadID="1@x"/>';
  const asForm = { type: FORM, config: { body: { readAs: 'json' } } } satisfies Partial<Sent>;

  it.each<Row>([
    [
      'bytes that are no UTF-8, without a type',
      { body: latin1('caf\xe9') },
      { data: base64(latin1('caf\xe9')), value: '{{$context.data.base64}}', written: 'Y2Fm6Q==' },
    ],
    ['text, without a type', { body: 'héllo' }, { data: 'héllo', value: '{{$context.data}}', written: 'héllo' }],
    ['JSON, without a type', { body: JSON_BODY }, seven],
    [
      'XML that says utf-16 and isn’t',
      { type: 'text/xml', body: '<?xml version="1.0" encoding="utf-16"?><a>é</a>' },
      { data: { a: 'é' }, value: '{{$context.data.a}}', written: 'é' },
    ],
    [
      'XML that says utf-16 and is',
      {
        type: 'application/xml',
        body: Buffer.from('\ufeff<?xml version="1.0" encoding="utf-16"?><a>é</a>', 'utf16le'),
      },
      { data: { a: 'é' }, value: '{{$context.data.a}}', written: 'é' },
    ],
    [
      'cXML: a document type without declarations',
      { type: 'text/xml; charset=UTF-8', body: cxml },
      { data: { cXML: { '@payloadID': '1@x' } }, value: '{{$context.data.cXML.@payloadID}}', written: '1@x' },
    ],
    ['Content-Type: JSON', { type: 'JSON', body: JSON_BODY }, seven],
    ['a type twice in a header', { type: 'application/json, application/json', body: JSON_BODY }, seven],
    ['the header twice', { type: ['application/json', 'application/json'], body: JSON_BODY }, seven],
    ...['utf-8', 'none', 'identity'].map<Row>((coding) => [
      `Content-Encoding: ${coding}`,
      { type: 'application/json', headers: { 'content-encoding': coding }, body: JSON_BODY },
      seven,
    ]),
    [
      'Content-Encoding: gzip, identity',
      {
        type: 'application/json',
        headers: { 'content-encoding': 'gzip, identity' },
        body: gzipSync(JSON_BODY),
      },
      { ...seven, kept: JSON_BODY },
    ],
    ['curl -d: JSON under a form’s type', { type: FORM, body: JSON_BODY }, seven],
    [
      'JSON with = inside its texts, under a form’s type',
      { type: FORM, body: '{"u":"https://x/?a=b"}' },
      { data: { u: 'https://x/?a=b' }, value: '{{$context.data.u}}', written: 'https://x/?a=b' },
    ],
    ['AWS SNS: JSON under text/plain', { type: 'text/plain; charset=UTF-8', body: JSON_BODY }, seven],
    [
      'text that only begins as JSON does',
      { type: 'text/plain', body: '{not json' },
      { data: '{not json', value: '{{$context.data}}', written: '{not json' },
    ],
    ['read as JSON: a number', { ...asForm, body: '7' }, { data: 7, value: '{{$context.data}}', written: '7' }],
    [
      'read as a form, under text/plain',
      { type: 'text/plain', body: 'a=1&b[]=2', config: { body: { readAs: 'form' } } },
      { data: { a: '1', b: ['2'] }, value: '{{$context.data.a}}', written: '1' },
    ],
    [
      'read as XML, under octet-stream',
      { type: 'application/octet-stream', body: '<a>1</a>', config: { body: { readAs: 'xml' } } },
      { data: { a: '1' }, value: '{{$context.data.a}}', written: '1' },
    ],
    [
      'read as text, under JSON',
      { type: 'application/json', body: JSON_BODY, config: { body: { readAs: 'text' } } },
      { data: JSON_BODY, value: '{{$context.data}}', written: JSON_BODY },
    ],
    [
      'read as bytes, under text',
      { type: 'text/plain', body: 'hi', config: { body: { readAs: 'bytes' } } },
      {
        data: { base64: 'aGk=', contentType: 'text/plain', size: 2 },
        value: '{{$context.data.base64}}',
        written: 'aGk=',
      },
    ],
  ])('%s', (_what, sent, right) => expectRight(sent, right));

  it('refuses a document type that declares something', async () => {
    const { key } = await webhook();
    const body = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
    expect(await send(key, { type: 'text/xml', body })).toMatchObject({ status: 400 });
    expect(await deliveriesOf(key, 1)).toMatchObject([{ status: 'rejected' }]);
  });
});

describe('JSON in a field of a form', () => {
  const payload = (value: unknown) => `payload=${encodeURIComponent(JSON.stringify(value))}`;
  const opened = { action: 'opened', n: 7 };
  const github = (body: string): Sent => ({
    type: FORM,
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` },
    body,
    config: { auth: { type: 'provider', provider: 'github', secrets: [SECRET] } },
  });
  const slack = (body: string): Sent => {
    const at = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', SECRET).update(`v0:${at}:${body}`).digest('hex');
    return {
      type: FORM,
      headers: { 'x-slack-signature': `v0=${signature}`, 'x-slack-request-timestamp': at },
      body,
      config: { auth: { type: 'provider', provider: 'slack', secrets: [SECRET] } },
    };
  };
  const named = (...jsonFields: string[]) => ({ body: { jsonFields } }) satisfies WebhookConfigInput;

  it.each<Row>([
    [
      'GitHub: preset',
      github(payload(opened)),
      { data: { payload: opened }, value: '{{$context.data.payload.action}}', written: 'opened' },
    ],
    [
      'Slack: preset',
      slack(payload({ type: 'block_actions', user: { id: 'U1' } })),
      {
        data: { payload: { type: 'block_actions', user: { id: 'U1' } } },
        value: '{{$context.data.payload.user.id}}',
        written: 'U1',
      },
    ],
    [
      'Jotform: preset, in a multipart body',
      {
        type: MULTIPART,
        body: parts(field('form-data; name="formID"', '1'), field('form-data; name="rawRequest"', '{"q3_name":"Ann"}')),
        query: `?token=${SECRET}`,
        config: { auth: { type: 'provider', provider: 'jotform', secrets: [SECRET] } },
      },
      {
        data: { formID: '1', rawRequest: { q3_name: 'Ann' } },
        value: '{{$context.data.rawRequest.q3_name}}',
        written: 'Ann',
      },
    ],
    [
      'Plex: a payload beside a picture',
      {
        type: MULTIPART,
        body: parts(
          field('form-data; name="payload"', '{"event":"media.play"}', 'Content-Type: application/json'),
          field('form-data; name="thumb"; filename="t.jpg"', 'jpg', 'Content-Type: image/jpeg'),
        ),
        config: named('payload'),
      },
      {
        data: { payload: { event: 'media.play' } },
        value: '{{$context.data.payload.event}}',
        written: 'media.play',
        files: [{ field: 'thumb', size: 3 }],
        kept: parts(
          field('form-data; name="payload"', '{"event":"media.play"}', 'Content-Type: application/json'),
          field('form-data; name="thumb"; filename="t.jpg"', '', 'Content-Type: image/jpeg'),
        ),
      },
    ],
    [
      'a large id in it keeps its digits',
      { type: FORM, body: 'payload=%7B%22id%22%3A8202522731445525543%7D', config: named('payload') },
      {
        data: { payload: { id: '8202522731445525543' } },
        value: '{{$context.data.payload.id}}',
        written: '8202522731445525543',
      },
    ],
    [
      'not named: a text',
      { type: FORM, body: payload(opened) },
      {
        data: { payload: JSON.stringify(opened) },
        value: '{{$context.data.payload}}',
        written: JSON.stringify(opened),
      },
    ],
  ])('%s', (_what, sent, right) => expectRight(sent, right));

  it('filter, schema and Start once reach into it', async () => {
    const { key } = await webhook(
      {
        body: {
          jsonFields: ['payload'],
          schema: { properties: { payload: { properties: { n: { type: 'integer' } }, required: ['n'] } } },
        },
        filter: {
          group: {
            type: 'and',
            calculations: [{ calculator: 'equal', operands: ['{{$context.data.payload.action}}', 'opened'] }],
          },
        },
        dedupe: { key: 'json:payload.n', window: 60 },
      },
      { text: '{{$context.data.payload.n}}' },
    );
    const sent = [opened, opened, { ...opened, n: 8 }, { action: 'closed', n: 9 }, { action: 'opened', n: 'x' }];
    const statuses: unknown[] = [];
    for (const value of sent) {
      statuses.push((await send(key, { type: FORM, body: payload(value) })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 422]);
    expect((await deliveriesOf(key, 5)).map(({ status }) => status)).toEqual([
      'succeeded',
      'duplicate',
      'succeeded',
      'ignored',
      'rejected',
    ]);
    expect((await recordsOf(key)).map(({ text }) => text)).toEqual(['7', '8']);
  });
});

describe('two that differ are two', () => {
  const JSON_TYPE = 'application/json';
  const signed = (id: string): WebhookConfigInput => ({
    auth: { type: 'signature', kind: 'hmac', sig: { from: 'header:x-sig' }, id: [`json:${id}`], secrets: [SECRET] },
    dedupe: { key: '', window: 60 },
  });
  const byId: WebhookConfigInput = { dedupe: { key: 'json:id', window: 60 } };

  it.each<[string, WebhookConfigInput, string, string]>([
    ['whole numbers beyond 2^53', byId, '{"id":8202522731445525542}', '{"id":8202522731445525543}'],
    ['negative ones', byId, '{"id":-9007199254740993}', '{"id":-9007199254740992}'],
    ['fractions of more than 17 digits', byId, '{"id":0.12345678901234567890}', '{"id":0.12345678901234567891}'],
    ['numbers beyond the range', byId, '{"id":1e400}', '{"id":2e400}'],
    ['halves of surrogate pairs', byId, '{"id":"\\ud800"}', '{"id":"\\ud801"}'],
    [
      'ids inside an object, rounded for the workflow',
      { dedupe: { key: 'json:event.id', window: 60 }, body: { bigNumbers: 'rounded' } },
      '{"event":{"id":8202522731445525542}}',
      '{"event":{"id":8202522731445525543}}',
    ],
    [
      'the id of a signature',
      signed('event_id'),
      '{"event_id":8202522731445525542}',
      '{"event_id":8202522731445525543}',
    ],
  ])('%s', async (_what, config, first, second) => {
    const { key } = await webhook(config, { text: '{{$context.data.id}}' });
    for (const body of [first, second, first]) {
      const headers = { 'x-sig': createHmac('sha256', SECRET).update(body).digest('hex') };
      expect((await send(key, { type: JSON_TYPE, headers, body })).status).toBe(200);
    }
    const found = await deliveriesOf(key, 3);
    expect(found.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'duplicate']);
    expect(found.slice(0, 2).map((delivery) => bodyOf(delivery).toString())).toEqual([first, second]);
    expect(await recordsOf(key)).toHaveLength(2);
  });

  it.each<Row>([
    [
      'as text',
      { type: JSON_TYPE, body: '{"id":8202522731445525543,"n":7}' },
      {
        data: { id: '8202522731445525543', n: 7 },
        value: '{{$context.data.id}}',
        written: '8202522731445525543',
      },
    ],
    [
      'rounded',
      { type: JSON_TYPE, body: '{"id":8202522731445525543}', config: { body: { bigNumbers: 'rounded' } } },
      { data: { id: 8202522731445526000 }, value: '{{$context.data.id}}', written: '8202522731445526000' },
    ],
    [
      'taken by a schema that asks for an integer',
      {
        type: JSON_TYPE,
        body: '{"id":8202522731445525543}',
        config: { body: { schema: { properties: { id: { type: 'integer' } } } } },
      },
      { data: { id: '8202522731445525543' }, value: '{{$context.data.id}}', written: '8202522731445525543' },
    ],
    [
      'held to a maximum',
      {
        type: JSON_TYPE,
        body: `[${Array(300).fill('{"id":8202522731445525543}').join()}]`,
        config: { body: { schema: { items: { properties: { id: { type: 'integer', maximum: 1e19 } } } } } },
      },
      {
        data: Array(300).fill({ id: '8202522731445525543' }),
        value: '{{$context.data.0.id}}',
        written: '8202522731445525543',
      },
    ],
  ])('a number beyond 2^53: %s', (_what, sent, right) => expectRight(sent, right));
});
