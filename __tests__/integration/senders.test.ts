import { onEveryDatabase, unique, type TestHost } from '../support/hosts';
import { addNode, createWebhook, waitFor } from '../support/workflows';
import type { WebhookConfigInput } from '../../src/common/config';
import { told } from '../support/reasons';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=XX';

/** Answers with the whole `$context`, so that a test sees what the workflow sees. */
const ECHO = { status: 200, contentType: 'application/json', headers: [], body: '{{$context}}' };

interface Sent {
  type?: string;
  body: string | Buffer;
  config?: WebhookConfigInput;
  query?: string;
  headers?: Record<string, string>;
  /** Template of the record's text, and what is written then. */
  value: string;
  written: unknown;
  /** `$context.data`. */
  data: unknown;
}

/** Its parts, each its headers, a blank line and its content. */
const multipart = (...parts: string[]) => Buffer.from(`--XX\r\n${parts.join('\r\n--XX\r\n')}\r\n--XX--\r\n`, 'latin1');
const text = (name: string, value: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;

async function call(host: TestHost, key: string, { type, body, query = '', headers = {} }: Sent): Promise<Response> {
  return fetch(`${host.webhook(key)}${query}`, {
    method: 'POST',
    // Bytes: for a text, fetch would name a content type.
    body: new Uint8Array(Buffer.from(body as string)),
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...headers },
  });
}

interface Delivery {
  id: string;
  status: string;
  reason: string | null;
  contentType: string | null;
  body: string | null;
  bodyEncoding: string | null;
}

/** The webhook's deliveries with their bodies, oldest first, as soon as there are that many and all have ended. */
async function deliveriesOf(host: TestHost, key: string, count = 1): Promise<Delivery[]> {
  const ids = await waitFor(`${count} deliveries of ${key}`, 20_000, async () => {
    const found = await host.api
      .get<Delivery[]>('webhookDeliveries:list', {
        filter: JSON.stringify({ key }),
        sort: 'id',
      })
      .then(told);
    const ended = found.filter(({ status }) => !['received', 'started'].includes(status));
    return ended.length >= count && ended.map(({ id }) => id);
  });
  return told(await Promise.all(ids.map((id) => host.api.get<Delivery>('webhookDeliveries:get', { filterByTk: id }))));
}

onEveryDatabase('what real senders send', (host) => {
  const collection = unique('sent_');
  beforeAll(async () => {
    await host.api.action('collections:create', {
      name: collection,
      fields: [
        { name: 'from', type: 'string', interface: 'input' },
        { name: 'text', type: 'string', interface: 'input' },
        { name: 'amount', type: 'double', interface: 'number' },
        { name: 'due', type: 'dateOnly', interface: 'date' },
      ],
    });
  });

  /** Calls a webhook whose workflow writes a record; what came of it. */
  async function sent(call_: Sent, values: Record<string, unknown> = { text: call_.value }) {
    const workflow = await createWebhook(host.api, { response: ECHO, ...call_.config }, { sync: true });
    await addNode(host.api, workflow, {
      type: 'create',
      config: { collection, params: { values: { from: workflow.key, ...values } } },
    });
    const response = await call(host, workflow.key, call_);
    const answered = (await response.json()) as { data: unknown; [part: string]: unknown };
    const [delivery] = await deliveriesOf(host, workflow.key);
    const [record] = await host.api.get<Record<string, unknown>[]>(`${collection}:list`, {
      filter: JSON.stringify({ from: workflow.key }),
    });
    return { status: response.status, context: answered, delivery, record };
  }

  it.each<[string, Sent]>([
    [
      'a part with a semicolon at the end of its disposition, and the one behind it',
      {
        type: MULTIPART,
        body: multipart('Content-Disposition: form-data; name="a";\r\n\r\n1', text('b', '2')),
        value: '{{$context.data.a}}{{$context.data.b}}',
        written: '12',
        data: { a: '1', b: '2' },
      },
    ],
    [
      'parts whose names have no quotes, blanks, or are encoded',
      {
        type: MULTIPART,
        body: multipart(
          'Content-Disposition: form-data; name=a[]\r\n\r\n1',
          'Content-Disposition: form-data; name = "b"\r\n\r\n2',
          "Content-Disposition: form-data; name*=UTF-8''c%C3%A9\r\n\r\n3",
        ),
        value: '{{$context.data.b}}',
        written: '2',
        data: { a: ['1'], b: '2', cé: '3' },
      },
    ],
    [
      'a part without a body, and one without a name',
      {
        type: MULTIPART,
        body: '--XX\r\nContent-Disposition: form-data; name="a"\r\n--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--',
        value: 'a{{$context.data.a}}',
        written: 'a',
        data: { a: null, '': '1' },
      },
    ],
    [
      'line feeds only',
      {
        type: MULTIPART,
        body: '--XX\nContent-Disposition: form-data; name="a"\n\n1\n--XX\nContent-Disposition: inline; name="b"\n\n2\n--XX--\n',
        value: '{{$context.data.b}}',
        written: '2',
        data: { a: '1', b: '2' },
      },
    ],
    [
      'the charsets that SendGrid tells',
      {
        type: MULTIPART,
        body: multipart(text('text', 'caf\xe9'), text('charsets', '{"text":"iso-8859-1"}')),
        value: '{{$context.data.text}}',
        written: 'café',
        data: { text: 'café', charsets: '{"text":"iso-8859-1"}' },
      },
    ],
    [
      'names that are numbers',
      {
        type: FORM,
        body: 'qty[1523]=2&options[1523][size]=L',
        value: '{{$context.data.options.1523.size}}{{$context.data.qty.1523}}',
        written: 'L2',
        data: { qty: { 1523: '2' }, options: { 1523: { size: 'L' } } },
      },
    ],
    [
      'names that every object has',
      {
        type: FORM,
        body: 'constructor=a&toString=b&hasOwnProperty=c',
        value: '{{$context.data.constructor}}',
        written: 'a',
        data: { constructor: 'a', toString: 'b', hasOwnProperty: 'c' },
      },
    ],
    [
      'a percent sign that begins no escape, and bytes that make no character',
      {
        type: FORM,
        body: 'a=100%+caf%C3%A9&b=%E9',
        value: '{{$context.data.a}}',
        written: '100% café',
        data: { a: '100% café', b: '\ufffd' },
      },
    ],
    [
      'PayPal’s charset',
      {
        type: FORM,
        body: 'name=Ren%E9&charset=windows-1252',
        value: '{{$context.data.name}}',
        written: 'René',
        data: { name: 'René', charset: 'windows-1252' },
      },
    ],
  ])('%s', async (_what, call_) => {
    const { status, context, delivery, record } = await sent(call_);
    expect(status).toBe(200);
    expect(context.data).toEqual(call_.data);
    expect(record).toMatchObject({ text: call_.written });
    expect(delivery).toMatchObject({ status: 'succeeded', contentType: call_.type ?? null });
    const kept = Buffer.from(delivery?.body ?? '', delivery?.bodyEncoding as BufferEncoding);
    expect(kept.toString('latin1')).toBe(Buffer.from(call_.body as string).toString('latin1'));
  });

  it('a query with numbers for names, and a bad escape', async () => {
    const { context } = await sent({
      body: '',
      query: '?qty[1523]=2&a=100%&toString=x',
      value: '',
      written: '',
      data: null,
    });
    expect(context.query).toEqual({ qty: { 1523: '2' }, a: '100%', toString: 'x' });
  });

  it.each<[string, Buffer, string]>([
    [
      'a line that is no header',
      multipart(text('a', '1'), 'hello\r\n\r\n2'),
      'Part 2 of the multipart body has a line among its headers that is none: hello',
    ],
    [
      'a charset that is not known',
      multipart(
        text('a', '1'),
        'Content-Disposition: form-data; name=b\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xe9',
      ),
      'Part 2 of the multipart body is in a charset that is not known: Content-Type: …; charset=klingon',
    ],
  ])('refuses a multipart body as a whole for %s', async (_what, body, reason) => {
    const workflow = await createWebhook(host.api, { response: ECHO }, { sync: true });
    const response = await call(host, workflow.key, { type: MULTIPART, body, value: '', written: '', data: null });
    expect([response.status, ((await response.json()) as { errors: { code: string }[] }).errors[0]?.code]).toEqual([
      400,
      'BODY_MALFORMED',
    ]);
    expect(await deliveriesOf(host, workflow.key)).toMatchObject([{ status: 'rejected', reason: reason }]);
  });
});
