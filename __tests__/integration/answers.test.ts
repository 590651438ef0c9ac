import type { WebhookConfigInput } from '../../src/common/config';
import type { DeliveryDetail } from '../../src/common/deliveriesApi';
import type { ResponseNodeConfig } from '../../src/common/responseNode';
import { Gates } from '../support/gates';
import { onEveryDatabase, unique, type TestHost } from '../support/hosts';
import {
  addNode,
  createWebhook,
  executedByHand,
  finishedExecutions,
  listExecutions,
  waitFor,
} from '../support/workflows';

jest.setTimeout(90_000);

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 10, 13]);
const ANY_FILE = 'application/octet-stream';
const WRITTEN = { base64: PNG.toString('base64'), contentType: 'image/png' };
const KEYED: WebhookConfigInput = { dedupe: { key: 'header:idempotency-key' } };

let gates: Gates;
beforeAll(async () => {
  gates = await Gates.start();
});
afterAll(() => gates.stop());

onEveryDatabase('an answer', (host: TestHost) => {
  const { api } = host;

  async function call(path: string, body: unknown = {}, { headers = {}, ...init }: RequestInit = {}) {
    const response = await fetch(host.webhook(path), {
      method: 'POST',
      body: body instanceof FormData ? body : JSON.stringify(body),
      headers: { ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers },
      redirect: 'manual',
      ...init,
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
  }

  const codeOf = (text: string) => (JSON.parse(text) as { errors: { code: string }[] }).errors[0]?.code;

  /** A sync webhook with this response node, or with none. */
  async function sync(config: WebhookConfigInput, node?: Partial<ResponseNodeConfig>) {
    const workflow = await createWebhook(api, config, { sync: true, enabled: false });
    if (node) {
      await addNode(api, workflow, { type: 'webhook-response', config: node });
    }
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    return workflow;
  }

  const ended = (key: string) =>
    waitFor('the end of the delivery', 20_000, async () => {
      const filter = JSON.stringify({ key });
      const [row] = await api.get<DeliveryDetail[]>('webhookDeliveries:list', { filter, sort: '-id' });
      return row?.finishedAt ? api.get<DeliveryDetail>('webhookDeliveries:get', { filterByTk: row.id }) : null;
    });

  /** Once it is written down what a caller was answered, repeats get it from there. */
  const answerKept = (key: string) => waitFor('the answer', 20_000, async () => (await ended(key)).responseStatus);

  const image = (bytes: Buffer = PNG, type = 'image/png', name = 'a.png') => {
    const form = new FormData();
    form.append('photo', new Blob([new Uint8Array(bytes)], { type }), name);
    return form;
  };

  describe.each<['configured' | 'node' | 'onFailure']>([['configured'], ['node'], ['onFailure']])('as %s', (how) => {
    /** A webhook that gives this answer in this way. */
    async function answering(reply: Partial<ResponseNodeConfig>) {
      if (how === 'node') {
        return sync({}, reply);
      }
      if (how === 'configured') {
        return createWebhook(api, { response: reply });
      }
      const onFailure = { status: 500, contentType: 'application/json', headers: [], body: null, ...reply };
      const workflow = await createWebhook(api, { response: { onFailure } }, { sync: true, enabled: false });
      await addNode(api, workflow, { type: 'end', config: { endStatus: -1 } });
      await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
      return workflow;
    }

    it('sets several cookies, and no value brings an attribute or a line', async () => {
      const { key } = await answering({
        headers: [
          { name: 'Set-Cookie', value: 'a={{$context.data.a}}; Path=/; HttpOnly' },
          { name: 'set-cookie', value: 'b=2' },
          { name: 'Set-Cookie', value: '{{{$context.data.whole}}}' },
        ],
      });
      const { headers } = await call(key, { a: '1; Domain=evil\r\nset-cookie: e=1', whole: ['c=3; Secure', 'd=4'] });
      expect(headers.getSetCookie()).toEqual([
        'a=1%3B%20Domain=evil%0D%0Aset-cookie:%20e=1; Path=/; HttpOnly',
        'b=2',
        'c=3; Secure',
        'd=4',
      ]);
    });

    it('has the status and content type that variables say', async () => {
      const { key } = await answering({
        status: '{{$context.data.status}}',
        contentType: '{{$context.data.type}}',
        body: '<p>{{$context.data.html}}</p>',
      });
      const page = await call(key, { status: 203, type: 'text/html', html: '<b>' });
      expect([page.status, page.text]).toEqual([203, '<p>&lt;b&gt;</p>']);
      expect(page.headers.get('content-security-policy')).toMatch(/^sandbox/);
      const plain = await call(key, { status: '418', type: 'text/plain', html: '<b>' });
      expect([plain.status, plain.text, plain.headers.get('content-type')]).toEqual([
        418,
        '<p><b></p>',
        'text/plain; charset=utf-8',
      ]);
      const none = await call(key, { status: 304, type: 'text/plain' });
      expect([none.status, none.text]).toEqual([304, '']);
    });

    it('is bytes', async () => {
      const { key } = await answering({ contentType: ANY_FILE, body: WRITTEN });
      const { headers, bytes } = await call(key);
      expect(bytes).toEqual(PNG);
      expect(headers.get('content-type')).toBe('image/png');
      expect(headers.get('content-length')).toBe(String(PNG.length));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    });

    it('is a file that came with the call', async () => {
      const { key } = await answering({ contentType: ANY_FILE, body: '{{$context.files}}' });
      const { headers, bytes } = await call(key, image());
      expect(bytes).toEqual(PNG);
      expect(headers.get('content-type')).toBe('image/png');
    });
  });

  describe('whose status or type is none', () => {
    const reply = { status: '{{$context.data.status}}', contentType: '{{$context.data.type}}', body: 'x' };
    const BAD: object[] = [
      { status: 'abc', type: 'text/plain' },
      { status: 1e9 },
      { status: 200, type: 'a\r\nb: c' },
      { status: 200, type: 'text/plain;\r\n a=b' },
      {},
    ];

    it.each(BAD)('fails a run by its node: %j', async (data) => {
      const { key } = await sync({}, reply);
      const { status, text } = await call(key, data);
      expect([status, codeOf(text)]).toEqual([500, 'WORKFLOW_FAILED']);
      expect(text).not.toContain('abc');
      expect((await finishedExecutions(api, key))[0]?.status).toBeLessThan(0);
      expect(await ended(key)).toMatchObject({ status: 'failed', responseStatus: 500 });
    });

    it.each(BAD)('fails a run that came to its end: %j', async (data) => {
      const { key } = await sync({ response: reply });
      const { status, text } = await call(key, data);
      expect([status, codeOf(text)]).toEqual([500, 'WORKFLOW_FAILED']);
      expect(await ended(key)).toMatchObject({ status: 'failed', responseStatus: 500 });
    });

    it('is answered as a failure where that is set', async () => {
      const onFailure = { status: 502, contentType: 'text/plain', headers: [], body: 'sorry {{$context.data.status}}' };
      const { key } = await sync({ response: { ...reply, onFailure } });
      expect(await call(key, { status: 'abc' })).toMatchObject({ status: 502, text: 'sorry abc' });
      expect(await ended(key)).toMatchObject({ status: 'failed' });
    });

    it('starts nothing where no run can say', async () => {
      const { key } = await createWebhook(api, { response: reply });
      const { status, text } = await call(key, { status: 'abc', type: 'text/plain' });
      expect([status, codeOf(text)]).toEqual([500, 'ANSWER_FAILED']);
      expect(await ended(key)).toMatchObject({ status: 'rejected', responseStatus: 500 });
      expect((await call(key, { status: 201, type: 'text/plain' })).status).toBe(201);
      expect(await finishedExecutions(api, key)).toHaveLength(1);
    });

    it('keeps no replay from running, which nobody waits for', async () => {
      const workflow = await createWebhook(api, { response: reply, ...KEYED }, { enabled: false });
      await addNode(api, workflow, { type: 'end', config: { endStatus: -1 } });
      await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
      const data = { status: 201, type: 'text/plain' };
      expect((await call(workflow.key, data, { headers: { 'idempotency-key': unique() } })).status).toBe(201);
      const failed = await ended(workflow.key);
      expect(failed.status).toBe('failed');
      const edits = { data: { ...data, status: 'abc' } };
      const replay = await api.action<{ id: string }>('webhookDeliveries:replay', edits, { filterByTk: failed.id });
      expect(await ended(workflow.key)).toMatchObject({ id: replay.id, status: 'failed', replayOf: failed.id });
    });

    it('is tried again like any failure', async () => {
      const { key } = await sync({ response: reply, ...KEYED });
      const headers = { 'idempotency-key': unique('id') };
      expect((await call(key, { status: 'abc' }, { headers })).status).toBe(500);
      await answerKept(key);
      expect((await call(key, { status: 'abc' }, { headers })).status).toBe(500);
      expect(await finishedExecutions(api, key, 2)).toHaveLength(2);
    });
  });

  describe('that is a file', () => {
    it('can not be chosen by who calls', async () => {
      const { key: own } = await createWebhook(api, { response: { body: '{{$context.files.0}}' } });
      const record = JSON.parse((await call(own, image())).text) as Record<string, unknown>;
      const { key } = await createWebhook(api, { response: { contentType: ANY_FILE, body: '{{$context.data}}' } });
      const { headers, text } = await call(key, record);
      expect(JSON.parse(text)).toEqual(record);
      expect(headers.get('content-type')).toBe(ANY_FILE);
    });

    it('is one that NocoBase has so, where a node hands on what a caller sent', async () => {
      const { key: own } = await createWebhook(api, { response: { body: '{{$context.files.0}}' } });
      const record = JSON.parse((await call(own, image())).text) as Record<string, unknown>;
      const workflow = await createWebhook(api, {}, { sync: true, enabled: false });
      const config = { engine: 'formula.js', expression: '{{$context.data}}' };
      const node = await addNode(api, workflow, { type: 'calculation', config });
      const response = { contentType: ANY_FILE, body: `{{$jobsMapByNodeKey.${node.key}}}` };
      const enabled = { config: { response }, enabled: true };
      await api.action('workflows:update', enabled, { filterByTk: workflow.id });
      // What it says of its place counts for nothing.
      const elsewhere = { ...record, path: '../../..', url: 'http://127.0.0.1:1/' };
      expect((await call(workflow.key, elsewhere)).bytes).toEqual(PNG);
      for (const forged of [
        { ...record, filename: 'other.png' },
        { ...record, storageId: 99 },
        { ...record, id: Number(record.id) + 1_000_000 },
        { ...record, id: "1' OR 1=1" },
        { ...record, path: '../../../..', filename: 'package.json' },
      ]) {
        const { status, text } = await call(workflow.key, forged);
        expect([status, codeOf(text)]).toEqual([500, 'WORKFLOW_FAILED']);
      }
    });

    it('is refused once it is gone', async () => {
      const response = { contentType: ANY_FILE, body: '{{$context.files}}' };
      const workflow = await createWebhook(api, { response }, { sync: true, enabled: false });
      const params = { filter: { $and: [{ id: { $eq: '{{$context.files.0.id}}' } }] } };
      await addNode(api, workflow, { type: 'destroy', config: { collection: 'attachments', params } });
      await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
      expect(codeOf((await call(workflow.key, image())).text)).toBe('WORKFLOW_FAILED');
      expect(await ended(workflow.key)).toMatchObject({
        status: 'failed',
        reason: expect.stringContaining("is not among NocoBase's files"),
      });
    });

    it('is a page in a sandbox where it is set to be one, and else none', async () => {
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
      const typeOf = async (response: WebhookConfigInput['response']) => {
        const { key: of } = await createWebhook(api, { response });
        const { headers, bytes } = await call(of, image(svg, 'image/svg+xml', 'a.svg'));
        expect(bytes).toEqual(svg);
        return [headers.get('content-type'), headers.get('content-security-policy')?.slice(0, 7)];
      };
      expect(await typeOf({ contentType: ANY_FILE, body: '{{$context.files.0}}' })).toEqual([ANY_FILE, undefined]);
      expect(await typeOf({ contentType: 'image/svg+xml', body: '{{$context.files.0}}' })).toEqual([
        'image/svg+xml',
        'sandbox',
      ]);
    });
  });

  describe('of a repeat', () => {
    it.each([false, true])('has the same bytes, cookies and type (sync: %s)', async (isSync) => {
      const config: WebhookConfigInput = {
        ...KEYED,
        response: {
          status: '{{$context.data.status}}',
          contentType: ANY_FILE,
          headers: ['a={{$context.deliveryId}}', 'b=2'].map((value) => ({ name: 'Set-Cookie', value })),
          body: WRITTEN,
        },
      };
      const { key } = isSync ? await sync(config) : await createWebhook(api, config);
      const headers = { 'idempotency-key': unique('id') };
      const first = await call(key, { status: 201 }, { headers });
      await answerKept(key);
      const again = await call(key, { status: 201 }, { headers });
      expect([first.status, first.bytes, first.headers.getSetCookie()]).toEqual([
        201,
        PNG,
        [expect.stringMatching(/^a=./), 'b=2'],
      ]);
      expect([again.status, again.bytes, again.headers.getSetCookie(), again.headers.get('content-type')]).toEqual([
        201,
        PNG,
        first.headers.getSetCookie(),
        'image/png',
      ]);
      expect(await listExecutions(api, key)).toHaveLength(1);
      const filter = JSON.stringify({ key, status: 'succeeded' });
      const [row] = await waitFor('the delivery', 20_000, async () => {
        const rows = await api.get<DeliveryDetail[]>('webhookDeliveries:list', { filter });
        return rows.length > 0 ? rows : null;
      });
      expect(await api.get('webhookDeliveries:get', { filterByTk: row!.id })).toMatchObject({
        responseBody: WRITTEN.base64,
        responseEncoding: 'base64',
      });
    });

    it('of a node, and of more than is kept, are the same too', async () => {
      const large = Buffer.alloc(1_500_000, 'ab\u0000');
      const body = { base64: '{{$context.data.base64}}', contentType: 'image/gif' };
      const headers = { 'idempotency-key': unique('id') };
      const sent = { base64: large.toString('base64') };
      // Larger than bodies may be by default.
      const { key: roomy } = await sync({ ...KEYED, body: { maxSize: '5mb' } }, { contentType: ANY_FILE, body });
      expect((await call(roomy, sent, { headers })).bytes.equals(large)).toBe(true);
      await answerKept(roomy);
      expect((await call(roomy, sent, { headers })).bytes.equals(large)).toBe(true);
      expect(await listExecutions(api, roomy)).toHaveLength(1);
    });
  });

  describe('of a run that is not done in time', () => {
    it.each([408, 504] as const)('is %d, and the run goes on', async (syncTimeoutStatus) => {
      const gate = gates.gate();
      const workflow = await createWebhook(
        api,
        { syncTimeout: 200, syncTimeoutStatus },
        { sync: true, enabled: false },
      );
      await addNode(api, workflow, gate.node);
      await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
      const { status, text } = await call(workflow.key);
      expect([status, codeOf(text)]).toEqual([syncTimeoutStatus, 'WORKFLOW_TIMEOUT']);
      gate.open();
      expect(await ended(workflow.key)).toMatchObject({ status: 'succeeded', responseStatus: syncTimeoutStatus });
    });

    it('is 202 with the delivery, and repeats are told what it came to', async () => {
      const gate = gates.gate();
      const config: WebhookConfigInput = {
        ...KEYED,
        syncTimeout: 300,
        syncTimeoutStatus: 202,
        response: { status: 201, contentType: ANY_FILE, body: WRITTEN },
      };
      const workflow = await createWebhook(api, config, { sync: true, enabled: false });
      await addNode(api, workflow, gate.node);
      await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
      const headers = { 'idempotency-key': unique('id') };
      const first = await call(workflow.key, {}, { headers });
      expect(first.status).toBe(202);
      const again = await call(workflow.key, {}, { headers });
      expect([again.status, again.text]).toEqual([202, first.text]);
      gate.open();
      const [execution] = await finishedExecutions(api, workflow.key);
      expect(JSON.parse(first.text)).toEqual({ deliveryId: execution?.context.deliveryId });
      const last = await waitFor('the true answer', 20_000, async () => {
        const answer = await call(workflow.key, {}, { headers });
        return answer.status === 201 ? answer : null;
      });
      expect(last.bytes).toEqual(PNG);
      expect(await listExecutions(api, workflow.key)).toHaveLength(1);
      const filter = JSON.stringify({ key: workflow.key, status: 'rejected' });
      expect(await api.get('webhookDeliveries:list', { filter })).toEqual([]);
    });

    it('is given at once where the run comes to wait', async () => {
      const workflow = await createWebhook(api, { syncTimeoutStatus: 202 }, { sync: true, enabled: false });
      await addNode(api, workflow, { type: 'delay', config: { unit: 1000, duration: 1, endStatus: 1 } });
      await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
      expect(await call(workflow.key)).toMatchObject({ status: 202, text: expect.stringContaining('deliveryId') });
    });
  });

  it('to HEAD says what is known without a call', async () => {
    const response = { status: '{{$context.query.status}}', contentType: '{{$context.query.type}}', body: 'x' };
    const { key } = await createWebhook(api, { methods: ['GET'], response });
    const { status, headers, text } = await call(key, {}, { method: 'HEAD', body: undefined });
    expect([status, headers.get('content-type'), text]).toEqual([200, null, '']);
  });

  it('that is JSON is JSON, whatever a caller sent', async () => {
    const { key } = await createWebhook(api, { response: { body: '{{$context.data}}' } });
    const { headers, text } = await call(key, WRITTEN);
    expect([JSON.parse(text), headers.get('content-type')]).toEqual([WRITTEN, 'application/json; charset=utf-8']);
  });

  it('of a script can not be chosen by who calls', async () => {
    const { key } = await createWebhook(api, {
      methods: ['GET'],
      response: { contentType: ANY_FILE, body: '{{$context.query}}' },
    });
    const query = new URLSearchParams({
      base64: Buffer.from('alert(1)').toString('base64'),
      contentType: 'text/javascript',
    });
    const { headers, text } = await call(`${key}?${query}`, {}, { method: 'GET', body: undefined });
    expect([text, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
      'alert(1)',
      ANY_FILE,
      'nosniff',
    ]);
  });

  describe('settings', () => {
    const refused = async (config: object, language?: string) => {
      const response = await api.request('workflows:create', {
        method: 'POST',
        json: { title: 'refused', type: 'webhook', sync: true, enabled: true, current: true, config },
        headers: language ? { 'x-locale': language } : {},
      });
      expect(response.status).toBe(400);
      return ((await response.json()) as { errors: { message: string }[] }).errors.map(({ message }) => message);
    };

    it('with a bare variable in JSON are refused, with the hint to quote it', async () => {
      expect(await refused({ response: { body: '{"total": {{$context.data.n}}}' } })).toEqual([
        'response.body: Put the variable $context.data.n in quotes, braces and all: its value keeps its type.',
      ]);
    });

    it.each([
      ['nl-NL', 'syncTimeout: Dit moet een geheel getal van 1 tot en met 600000 zijn.'],
      ['zh-CN', expect.stringMatching(/^syncTimeout: [^a-z]*1[^a-z]*600000[^a-z]*$/)],
      ['en-US', 'syncTimeout: This must be a whole number from 1 to 600000.'],
    ])('are refused in the language of who saves them: %s', async (language, message) => {
      expect(await refused({ syncTimeout: -1 }, language)).toEqual([message]);
    });

    it('are refused in it by what only the server checks, by a node, and as they are enabled', async () => {
      const language = { 'x-locale': 'nl-NL' };
      expect(await refused({ headers: { schema: { required: ['X-A'] } } }, 'nl-NL')).toEqual([
        'headers.schema: Headernamen staan hier in kleine letters: schrijf "x-a".',
      ]);
      const workflow = await createWebhook(api, {}, { sync: true, enabled: false });
      const node = await api.request(`workflows/${workflow.id}/nodes:create`, {
        method: 'POST',
        json: { type: 'webhook-response', title: 'x', config: { status: 99 } },
        headers: language,
      });
      expect(await node.text()).toContain(
        'status: Dit moet een geheel getal van 200 tot en met 599 zijn, of een variabele.',
      );
    });
  });

  it.each([
    ['', {}, (key: string) => `/api/webhooks/${key}`],
    ['orders/:id/:day', { id: 'a b/é', day: '' }, () => '/api/webhooks/orders-PATH/a%20b%2F%C3%A9/:day'],
  ])('of a run by hand has the path of a call: %j', async (path, params, expected) => {
    const own = unique('orders-');
    const workflow = await createWebhook(api, { path: path.replace('orders', own) });
    const { context } = await executedByHand(host, workflow, { params });
    expect(context.path).toBe(expected(workflow.key).replace('orders-PATH', own));
    if (path === '') {
      await call(workflow.key);
      const [called] = await finishedExecutions(api, workflow.key, 2);
      expect(called?.context.path).toBe(context.path);
    }
  });
});
