import { onEveryDatabase, unique, type TestHost } from '../support/hosts';
import { addNode, createWebhook, finishedExecutions } from '../support/workflows';

interface Context {
  data: unknown;
  headers: Record<string, string>;
  query: Record<string, unknown>;
  params: Record<string, string>;
  files: { id: number; field: string; filename: string; contentType: string; size: number; url: string }[];
  rawBody?: string;
}

/** Answers with the whole `$context`, so that a test sees what the workflow sees. */
const ECHO = { response: { status: 200, contentType: 'application/json', headers: [], body: '{{$context}}' } };

const MAX_DEPTH = { sqlite: 90, postgres: 90, mysql: 90, mariadb: 30 };

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

function post(host: TestHost, path: string, body: BodyInit, type?: string): Promise<Response> {
  return fetch(host.webhook(path), { method: 'POST', body, headers: type ? { 'content-type': type } : {} });
}

async function codeOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as { errors?: { code: string }[] }).errors?.[0]?.code;
}

onEveryDatabase('every format, as a workflow sees it', (host) => {
  let key: string;
  beforeAll(async () => {
    ({ key } = await createWebhook(host.api, ECHO, { sync: true }));
  });

  it.each<[string, string | undefined, BodyInit, unknown]>([
    ['JSON', 'application/json', '{"a":[1]}', { a: [1] }],
    [
      'JSON in UTF-16',
      'application/json; charset=utf-16le',
      new Uint8Array(Buffer.from('{"a":"é"}', 'utf16le')),
      { a: 'é' },
    ],
    ['a form', 'application/x-www-form-urlencoded', 'a[b]=1&a[c][]=2', { a: { b: '1', c: ['2'] } }],
    ['XML', 'application/soap+xml', '<s:E a="1"><i>1</i><i>2</i></s:E>', { s_E: { '@a': '1', i: ['1', '2'] } }],
    ['NDJSON', 'application/x-ndjson', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['text', 'text/csv', 'a,b', 'a,b'],
    ['bytes', 'image/png', new Uint8Array([1, 2]), { base64: 'AQI=', contentType: 'image/png', size: 2 }],
    ['a structured CloudEvent', 'application/cloudevents+json', '{"id":"1","data":{}}', { id: '1', data: {} }],
    ['a batch of CloudEvents', 'application/cloudevents-batch+json', '[{"id":"1"}]', [{ id: '1' }]],
    ['JSON that is not declared', undefined, new Uint8Array(Buffer.from('{"a":1}')), { a: 1 }],
    ['an empty body', 'application/json', '', null],
  ])('%s', async (_what, type, body, data) => {
    const response = await post(host, key, body, type);
    expect(response.status).toBe(200);
    expect(((await response.json()) as Context).data).toEqual(data);
  });

  it('a CloudEvent in binary mode: its attributes are headers', async () => {
    const path = unique('ce-');
    const body = { type: '{{$context.headers.ce-type}}', n: '{{$context.data.n}}' };
    await createWebhook(host.api, { path, response: { ...ECHO.response, body } }, { sync: true });
    const headers = {
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': '1',
      'ce-source': '/x',
      'ce-type': 'a.b',
    };
    const response = await fetch(host.webhook(path), { method: 'POST', body: '{"n":1}', headers });
    expect(await response.json()).toEqual({ type: 'a.b', n: 1 });
  });

  it('XML attributes and text, by variables', async () => {
    const path = unique('xml-');
    const body = ['{{$context.data.a_price.@currency}}', '{{$context.data.a_price.$text}}'];
    await createWebhook(host.api, { path, response: { ...ECHO.response, body } }, { sync: true });
    const response = await post(host, path, '<a:price currency="EUR">10</a:price>', 'text/xml');
    expect(await response.json()).toEqual(['EUR', '10']);
  });

  it('the raw body, in its own charset', async () => {
    const { key: raw } = await createWebhook(host.api, { ...ECHO, body: { keepRaw: true } }, { sync: true });
    const response = await post(host, raw, new Uint8Array([0xe9]), 'text/plain; charset=iso-8859-1');
    expect(await response.json()).toMatchObject({ data: 'é', rawBody: 'é' });
  });

  it.each<[string, string, BodyInit, string]>([
    ['a multipart body without an end', 'multipart/form-data; boundary=x', '--x\r\n', 'BODY_MALFORMED'],
    ['a document type with declarations', 'text/xml', '<!DOCTYPE a [<!ENTITY x "y">]><a/>', 'BODY_MALFORMED'],
    ['an unknown charset', 'text/plain; charset=klingon', 'a', 'TYPE_NOT_SUPPORTED'],
  ])('refuses %s', async (_what, type, body, code) => {
    expect(await codeOf(await post(host, key, body, type))).toBe(code);
  });
});

onEveryDatabase('what reaches the workflow and is stored', (host) => {
  const limit = MAX_DEPTH[host.database.dialect];
  let key: string;
  beforeAll(async () => {
    ({ key } = await createWebhook(host.api, ECHO, { sync: true }));
  });

  it.each<[string, string, unknown]>([
    ['NUL', '{"a\\u0000":"b\\u0000"}', { 'a\ufffd': 'b\ufffd' }],
    ['half a surrogate pair', '["\\ud83d","\\ude00\\ud83d"]', ['\ufffd', '\ufffd\ufffd']],
    ['an emoji', '["😀","\\ud83d\\ude00"]', ['😀', '😀']],
    ['big numbers', '[9007199254740993,1e400,-1e400,1e-400,1e308]', ['9007199254740993', '1e400', '-1e400', 0, 1e308]],
    [
      'quotes and placeholders',
      JSON.stringify(['\'"\\`', '$1 ? :a {{$context}}', '\u2028\n']),
      ['\'"\\`', '$1 ? :a {{$context}}', '\u2028\n'],
    ],
    ['a way to a prototype', '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}},"b":1}', { b: 1 }],
    ['as many levels as can be stored', nested(limit), JSON.parse(nested(limit))],
  ])('%s', async (_what, body, data) => {
    const response = await post(host, key, body, 'application/json');
    expect(response.status).toBe(200);
    expect(((await response.json()) as Context).data).toEqual(data);
    const [latest] = await finishedExecutions(host.api, key);
    expect(latest?.context.data).toEqual(data);
  });

  it('takes names that every object has', async () => {
    const response = await post(host, key, '{"toString":1,"constructor":2,"hasOwnProperty":3}', 'application/json');
    expect(((await response.json()) as Context).data).toEqual({ toString: 1, constructor: 2, hasOwnProperty: 3 });
  });

  it('refuses more levels than can be stored', async () => {
    expect(await codeOf(await post(host, key, nested(limit + 1), 'application/json'))).toBe('BODY_MALFORMED');
  });

  it('NUL in the path and in the query', async () => {
    const path = unique('nul-');
    await createWebhook(host.api, { ...ECHO, path: `${path}/:id` }, { sync: true });
    const response = await post(host, `${path}/a%00b?c=%00&%00=d`, '');
    expect(await response.json()).toMatchObject({ params: { id: 'a\ufffdb' }, query: { c: '\ufffd', '\ufffd': 'd' } });
  });

  it('files, as attachments that a record can hold', async () => {
    const collection = unique('c_');
    const through = unique('t_');
    const link = {
      target: 'attachments',
      through,
      foreignKey: 'f_id',
      otherKey: 'a_id',
      targetKey: 'id',
      sourceKey: 'id',
    };
    await host.api.action('collections:create', {
      name: collection,
      fields: [
        { name: 'note', type: 'string', interface: 'input' },
        { name: 'docs', type: 'belongsToMany', interface: 'attachment', ...link },
      ],
    });
    const workflow = await createWebhook(host.api, ECHO, { sync: true });
    await addNode(host.api, workflow, {
      type: 'create',
      config: { collection, params: { values: { note: '{{$context.data.note}}', docs: '{{$context.files}}' } } },
    });
    const form = new FormData();
    form.append('note', 'hi');
    form.append('doc', new Blob(['hello'], { type: 'text/plain' }), '../说明.txt');
    form.append('doc', new Blob([new Uint8Array([0, 255])], { type: 'image/png' }), 'a.png');

    const response = await post(host, workflow.key, form);
    expect(response.status).toBe(200);
    const { data, files } = (await response.json()) as Context;
    expect(data).toEqual({ note: 'hi' });
    expect(files).toMatchObject([
      { field: 'doc', contentType: 'text/plain', mimetype: 'text/plain', title: '说明', extname: '.txt', size: 5 },
      { field: 'doc', contentType: 'image/png', mimetype: 'image/png', title: 'a', extname: '.png', size: 2 },
    ]);
    const [first] = files;
    expect(await host.api.get('attachments:get', { filterByTk: first?.id ?? 0 })).toMatchObject({
      title: '说明',
      url: first?.url,
    });
    const served = await host.api.request(`..${first?.url ?? ''}`);
    expect(await served.text()).toBe('hello');
    const [record] = await host.api.get<{ note: string; docs: { id: number }[] }[]>(`${collection}:list`, {
      appends: 'docs',
    });
    expect(record?.note).toBe('hi');
    expect(record?.docs.map(({ id }) => id).sort()).toEqual(files.map(({ id }) => id).sort());
  });
});
