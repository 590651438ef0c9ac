import type { DeclaredVariable, VariableGroup, WebhookConfigInput } from '../../src/common/config';
import { sharedHost, unique } from '../support/hosts';
import { exchange, head } from '../support/rawHttp';
import {
  addNode,
  createWebhook,
  executedByHand,
  finishedExecutions,
  waitFor,
  type WorkflowRecord,
} from '../support/workflows';
import { told } from '../support/reasons';

// Names as senders have them, and everything that a maker can use them for.

const host = sharedHost('postgres');
const { api } = host;

const JSON_TYPE = { 'content-type': 'application/json' };

interface Delivery {
  id: string;
  status: string;
  reason: string | null;
  dedupeKey: string | null;
}

interface Context {
  vars: Record<string, unknown>;
}

interface Call {
  headers?: Record<string, string>;
  body?: unknown;
  query?: string;
}

const collection = unique('names_');
beforeAll(async () => {
  await api.action('collections:create', {
    name: collection,
    fields: [
      { name: 'from', type: 'string', interface: 'input' },
      { name: 'text', type: 'text', interface: 'textarea' },
      { name: 'due', type: 'dateOnly', interface: 'date' },
    ],
  });
});

/** A webhook whose workflow writes a record of what `value`, a template, stands for. */
async function webhook(config: WebhookConfigInput, value: string, { sync = true } = {}): Promise<WorkflowRecord> {
  const workflow = await createWebhook(api, config, { sync });
  await addNode(api, workflow, {
    type: 'create',
    config: { collection, params: { values: { from: workflow.key, text: value } } },
  });
  return workflow;
}

async function send(key: string, { headers = {}, body, query = '' }: Call) {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const url = `${host.webhook(key)}${query}`;
  const all = {
    ...(body === undefined ? {} : JSON_TYPE),
    ...headers,
    'content-length': bytes.length,
    connection: 'close',
  };
  const { answers } = await exchange(host.webhook(key), [head('POST', url, all), bytes], 15_000);
  const text = Buffer.from(answers[0]?.body ?? '', 'latin1').toString();
  return { status: answers[0]?.status, answer: text === '' ? null : (JSON.parse(text) as unknown) };
}

async function deliveriesOf(key: string, count: number): Promise<Delivery[]> {
  return waitFor(`${count} deliveries of ${key}`, 20_000, async () => {
    const found = await api
      .get<Delivery[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' })
      .then(told);
    const ended = found.filter(({ status }) => !['received', 'started'].includes(status));
    return ended.length >= count && ended;
  });
}

const statusesOf = async (key: string, count: number) => (await deliveriesOf(key, count)).map(({ status }) => status);

const recordsOf = async (key: string) =>
  (await api.get<{ text: unknown }[]>(`${collection}:list`, { filter: JSON.stringify({ from: key }), sort: 'id' })).map(
    ({ text }) => text,
  );

const contextOf = async (key: string) => (await finishedExecutions(api, key))[0]?.context as unknown as Context;

const equals = (left: string, right: string): WebhookConfigInput['filter'] => ({
  group: { type: 'and', calculations: [{ calculator: 'equal', operands: [left, right] }] },
});

/** `make` writes the call in which the name has this value. */
type Row = [what: string, group: VariableGroup, path: string, make: (value: string) => Call];

const inBody = (make: (value: string) => unknown) => (value: string) => ({ body: make(value) });
const nested = (name: string) => inBody((value) => ({ in: { [name]: value } }));

const ROWS: Row[] = [
  [
    'Azure DevOps: System.State',
    'data',
    'resource.fields["System.State"]',
    inBody((value) => ({ eventType: 'workitem.created', resource: { id: 5, fields: { 'System.State': value } } })),
  ],
  [
    'Mercado Pago: data.id in the query',
    'query',
    '["data.id"]',
    (value) => ({ query: `?data.id=${value}&type=payment` }),
  ],
  [
    'WebSub: hub.challenge',
    'query',
    '["hub.challenge"]',
    (value) => ({ query: `?hub.mode=subscribe&hub.challenge=${value}` }),
  ],
  [
    'OpenTelemetry: service.name of one item',
    'data',
    'resourceSpans.0.resource["service.name"]',
    inBody((value) => ({ resourceSpans: [{ resource: { 'service.name': value } }] })),
  ],
  ['a header with a dot', 'headers', 'X.Trace', (value) => ({ headers: { 'X.Trace': value } })],
  [
    'a header with all that HTTP allows',
    'headers',
    "X!#$%&'*+-.^_`|~9",
    (value) => ({ headers: { "X!#$%&'*+-.^_`|~9": value } }),
  ],
  ['French', 'data', 'in.prénom', nested('prénom')],
  ['Chinese', 'data', 'in.订单', nested('订单')],
  ['Chinese, in the query', 'query', '订单', (value) => ({ query: `?${encodeURIComponent('订单')}=${value}` })],
  ['Russian, Arabic and an emoji', 'data', 'in.имя اسم 🎉', nested('имя اسم 🎉')],
  ...['a[b]', "a'b", 'a|b', '#', 'a:b', 'R&D', 'a, b', ' a', 'a"]b', '', '{{a}}', 'a\nb', 'a.b.c'].map<Row>((name) => [
    `in JSON: ${JSON.stringify(name)}`,
    'data',
    `in[${JSON.stringify(name)}]`,
    nested(name),
  ]),
  ['constructor', 'data', 'in.constructor', nested('constructor')],
];

describe('a name by its alias', () => {
  it.each(ROWS)('%s', async (_what, group, path, make) => {
    const { key } = await webhook(
      {
        variables: { [group]: [{ path, alias: 'x' }] },
        filter: equals('{{$context.vars.x}}', 'right'),
        dedupe: { key: 'vars:x', window: 60 },
        response: {
          status: 200,
          contentType: 'application/json',
          headers: [{ name: 'x-value', value: '{{$context.vars.x}}' }],
          body: { value: '{{$context.vars.x}}', text: 'it is {{$context.vars.x}}' },
        },
      },
      '{{$context.vars.x}}',
    );
    const rendered = { value: 'right', text: 'it is right' };
    expect(await send(key, make('right'))).toEqual({ status: 200, answer: rendered });
    expect(await send(key, make('right'))).toEqual({ status: 200, answer: rendered });
    expect(await send(key, make('wrong'))).toEqual({ status: 200, answer: { ignored: true } });
    expect(await send(key, {})).toEqual({ status: 200, answer: { ignored: true } });
    expect(await deliveriesOf(key, 4)).toMatchObject([
      { status: 'succeeded', dedupeKey: 'right' },
      { status: 'duplicate', dedupeKey: 'right' },
      { status: 'ignored' },
      { status: 'ignored' },
    ]);
    expect((await contextOf(key)).vars).toEqual({ x: 'right' });
    expect(await recordsOf(key)).toEqual(['right']);
  });

  it('inside a list gives the column, in the background too', async () => {
    const { key } = await webhook(
      {
        variables: { data: [{ path: 'resourceSpans.resource["service.name"]', alias: 'services' }] },
        filter: {
          group: {
            type: 'and',
            calculations: [{ calculator: 'includes', operands: ['{{$context.vars.services}}', 'cart'] }],
          },
        },
      },
      '{{$context.vars.services.1}} of {{$context.vars.services}}',
      { sync: false },
    );
    const spans = (...names: string[]) => ({
      body: { resourceSpans: names.map((name) => ({ resource: { 'service.name': name } })) },
    });
    expect((await send(key, spans('shop', 'cart'))).status).toBe(200);
    expect((await send(key, spans('shop'))).answer).toEqual({ ignored: true });
    await deliveriesOf(key, 2);
    expect((await contextOf(key)).vars).toEqual({ services: ['shop', 'cart'] });
    expect(await recordsOf(key)).toEqual(['cart of shop,cart']);
  });

  it('is not there where the request lacks it', async () => {
    const { key } = await webhook(
      { variables: { data: [{ path: '["a.b"]', alias: 'x' }] } },
      '[{{$context.vars.x}}]{{$context.vars.x:none}}',
    );
    expect((await send(key, { body: {} })).status).toBe(200);
    expect((await contextOf(key)).vars).toEqual({});
    expect(await recordsOf(key)).toEqual(['[]none']);
  });

  it('keeps a credential out, as elsewhere', async () => {
    const { key } = await webhook(
      {
        auth: { type: 'token', in: 'query', name: 'to.ken', secrets: ['a-secret-token'] },
        variables: {
          query: [{ path: '["to.ken"]', alias: 'token' }],
          headers: [{ path: 'Authorization', alias: 'other' }],
        },
      },
      '{{$context.vars.token}}{{$context.vars.other}}',
    );
    const call = { query: '?to.ken=a-secret-token', headers: { authorization: 'Bearer another-secret' } };
    expect((await send(key, call)).status).toBe(200);
    expect(await contextOf(key)).toMatchObject({
      query: { 'to.ken': '[redacted]' },
      vars: { token: '[redacted]' },
    });
    expect(await recordsOf(key)).toEqual(['[redacted]']);
  });

  it('holds when it is run by hand', async () => {
    const workflow = await webhook({ variables: { data: [{ path: '["a.b"]', alias: 'x' }] } }, '{{$context.vars.x}}');
    const run = await executedByHand(host, workflow, { data: { 'a.b': 'typed' } });
    expect(run.context).toMatchObject({ vars: { x: 'typed' } });
    expect(await recordsOf(workflow.key)).toEqual(['typed']);
  });
});

describe('without an alias of the maker’s', () => {
  it('a path in quotes tells repeats, as do several', async () => {
    for (const dedupe of ['json:["data.id"]', 'fields:json:["data.id"],json:in["a,b"]']) {
      const { key } = await webhook({ dedupe: { key: dedupe, window: 60 } }, '');
      for (const id of ['8202522731445525542', '8202522731445525543', '8202522731445525542']) {
        const text = `{"data.id":${id},"data":{"id":1},"in":{"a,b":1}}`;
        const { answers } = await exchange(host.webhook(key), [
          head('POST', host.webhook(key), { ...JSON_TYPE, 'content-length': text.length, connection: 'close' }),
          text,
        ]);
        expect(answers[0]?.status).toBe(200);
      }
      expect(await statusesOf(key, 3)).toEqual(['succeeded', 'succeeded', 'duplicate']);
    }
  });

  it('a schema’s names have one made of the path', async () => {
    const { key } = await webhook(
      {
        body: {
          schema: { properties: { resource: { properties: { 'System.State': { type: 'string' } } }, 订单: {} } },
        },
        dedupe: { key: 'vars:u8ba2u5355', window: 60 },
        filter: equals('{{$context.vars.resource_System_State}}', 'New'),
      },
      '{{$context.vars.resource_System_State}} {{$context.vars.u8ba2u5355}}',
    );
    const call = { body: { resource: { 'System.State': 'New' }, 订单: 7 } };
    expect((await send(key, call)).status).toBe(200);
    expect((await send(key, call)).status).toBe(200);
    expect(await statusesOf(key, 2)).toEqual(['succeeded', 'duplicate']);
    expect(await recordsOf(key)).toEqual(['New 7']);
  });
});

describe('what can not be', () => {
  const declared = (...data: DeclaredVariable[]): WebhookConfigInput => ({ variables: { data } });

  it.each<[string, WebhookConfigInput, RegExp]>([
    ['a name that no template can hold', declared({ path: 'prénom' }), /No template can name prénom.*such as prenom/],
    ['__proto__ as an alias', declared({ path: 'a', alias: '__proto__' }), /choose another alias/],
    [
      'one alias twice',
      { variables: { query: [{ path: 'a', alias: 'x' }], data: [{ path: 'b', alias: 'x' }] } },
      /alias x is that of/,
    ],
    ['repeats by an alias that is not there', { dedupe: { key: 'vars:nothing' } }, /No variable has the alias nothing/],
  ])('%s is refused on save, with the reason', async (_what, config, reason) => {
    await expect(createWebhook(api, config)).rejects.toThrow(reason);
    await expect(createWebhook(api, config, { enabled: false })).rejects.toThrow(reason);
  });

  it('a call of which too much would be copied is refused, with the reason', async () => {
    const data = Array.from({ length: 500 }, (_, n) => ({ path: `list["n.${n % 2}"]`, alias: `x${n}` }));
    const { key } = await webhook({ variables: { data } }, '');
    const list = Array.from({ length: 30_000 }, (_, n) => ({ 'n.0': n }));
    expect((await send(key, { body: { list: list.slice(0, 3) } })).status).toBe(200);
    expect((await send(key, { body: { list } })).status).toBe(422);
    expect((await deliveriesOf(key, 2))[1]).toMatchObject({
      status: 'rejected',
      reason: expect.stringMatching(/variables with an alias/) as string,
    });
  });

  it('a prototype is not reached, and no function called', async () => {
    const { key } = await webhook(
      declared(
        { path: '__proto__.x', alias: 'a' },
        { path: 'constructor.name', alias: 'b' },
        { path: 'in["__proto__"]["x.y"]', alias: 'c' },
        { path: 'list.constructor', alias: 'd' },
      ),
      '{{$context.vars.a}}{{$context.vars.b}}{{$context.vars.c}}{{$context.vars.d}}',
    );
    expect((await send(key, { body: { in: {}, list: [{}] } })).status).toBe(200);
    expect((await contextOf(key)).vars).toEqual({});
    expect(await recordsOf(key)).toEqual(['']);
  });
});

describe('versions', () => {
  const OLD: DeclaredVariable[] = [{ path: '["a.b"]', alias: 'old' }];
  const NEW: DeclaredVariable[] = [{ path: '["a.b"]', alias: 'new' }];

  /** Another version of a workflow, switched on, with these variables. */
  async function switchTo({ id, key }: WorkflowRecord, data: DeclaredVariable[]): Promise<void> {
    const filter = JSON.stringify({ key });
    const next = await api.action<WorkflowRecord>('workflows:revision', {}, { filterByTk: id, filter });
    await api.action('workflows:update', { config: { variables: { data } } }, { filterByTk: next.id });
    await api.action('workflows:update', { enabled: true, current: true }, { filterByTk: next.id });
  }

  it('a replay has the aliases of the version that runs it, edited or not', async () => {
    const first = await webhook({ variables: { data: OLD } }, '{{$context.vars.old}}', { sync: false });
    await send(first.key, { body: { 'a.b': 'sent' } });
    const [delivery] = await deliveriesOf(first.key, 1);
    await switchTo(first, NEW);
    await api.action('webhookDeliveries:replay', {}, { filterByTk: delivery?.id ?? '' });
    expect((await finishedExecutions(api, first.key, 2))[0]?.context).toMatchObject({ vars: { new: 'sent' } });
    await api.action('webhookDeliveries:replay', { data: { 'a.b': 'edited' } }, { filterByTk: delivery?.id ?? '' });
    expect((await finishedExecutions(api, first.key, 3))[0]?.context).toMatchObject({ vars: { new: 'edited' } });
  });

  it('so has what waited while the version was switched', async () => {
    const first = await webhook({ variables: { data: OLD } }, '{{$context.vars.new}}', { sync: false });
    await api.action('webhookEndpoints:pause', {}, { filterByTk: first.key });
    expect((await send(first.key, { body: { 'a.b': 'waited' } })).status).toBe(200);
    await switchTo(first, NEW);
    await api.action('webhookEndpoints:resume', {}, { filterByTk: first.key });
    await deliveriesOf(first.key, 1);
    expect((await contextOf(first.key)).vars).toEqual({ new: 'waited' });
    expect(await recordsOf(first.key)).toEqual(['waited']);
  });
});
