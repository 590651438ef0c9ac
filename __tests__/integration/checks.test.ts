import type { WebhookConfigInput } from '../../src/common/config';
import type { TokenAuth } from '../../src/common/auth';
import { onEveryDatabase, onEveryServer, unique, type TestHost } from '../support/hosts';
import {
  addNode,
  createWebhook,
  finishedExecutions,
  listExecutions,
  waitFor,
  type WorkflowRecord,
} from '../support/workflows';

onEveryDatabase('checks', (host: TestHost) => {
  const { api } = host;

  const post = (
    key: string,
    body: unknown,
    { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
  ) =>
    fetch(`${host.webhook(key)}${query}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each([
    ['an answer', { response: { body: '{{$context.data.a|b}}' } }],
    [
      'a filter',
      {
        filter: {
          group: {
            type: 'and' as const,
            calculations: [{ calculator: 'equal', operands: ['{{$context.data["System.State"]}}', 'x'] }],
          },
        },
      },
    ],
  ])('%s with what no template can name is refused', async (_what, config) => {
    await expect(createWebhook(api, config)).rejects.toThrow('declare it as a variable, and use its alias');
  });

  describe('settings that can not be used', () => {
    const invalid: [string, object][] = [
      ['settings that are a text', 'auth' as unknown as object],
      ['a user name with a colon', { auth: { type: 'basic', username: 'a:b', passwords: ['x'] } }],
      ['an answer that is none', { response: { status: 99_999 } }],
      ['a path that is no text', { path: {} }],
      ['verification that is no object', { auth: 'none' }],
      ['a schema that does not compile', { body: { schema: { type: 'nothing' } } }],
      ['an unknown setting', { other: 1 }],
    ];

    it.each(invalid)('are refused whatever trigger type a client names: %s', async (_what, config) => {
      const { id, key } = await createWebhook(api);
      // NocoBase looks at the settings by the type that is sent, and keeps the one that the workflow has.
      const named = api.action('workflows:update', { type: 'schedule', config }, { filterByTk: id });
      await expect(named).rejects.toThrow(/answered 400/);
      expect((await post(key, {})).status).toBe(200);
    });

    it.each(invalid)('are refused when it is enabled, and by way of a category: %s', async (_what, config) => {
      const { id: category } = await api.action<{ id: number }>('workflowCategories:create', { title: 'c' });
      const create = (enabled: boolean) =>
        api.action<{ id: number }>(`workflowCategories/${category}/workflows:create`, {
          title: 't',
          type: 'webhook',
          current: true,
          enabled,
          config,
        });
      await expect(create(true)).rejects.toThrow(/answered 400/);
      const { id } = await create(false);
      const enabling = api.action('workflows:update', { enabled: true }, { filterByTk: id });
      await expect(enabling).rejects.toThrow(/answered 400/);
    });
  });

  describe('validation', () => {
    const config: WebhookConfigInput = {
      body: {
        schema: {
          type: 'object',
          required: ['id'],
          properties: {
            id: { type: 'integer' },
            mail: { type: 'string', format: 'email' },
            code: { type: 'string', pattern: '^[A-Z]{3}-\\d+$' },
            rows: { type: 'array', items: { type: 'object', properties: { n: { type: 'number' } } } },
          },
        },
      },
      query: { schema: { properties: { page: { type: 'integer', minimum: 1 } } } },
      headers: { schema: { required: ['x-source'], properties: { 'x-flag': { type: 'boolean' } } } },
    };

    it('lets through what fits, and lets the workflow see it as it was sent', async () => {
      const { key } = await createWebhook(api, config);
      const sent = { id: 1, mail: 'a@b.example', code: 'ABC-1', rows: [{ n: 1.5 }], more: true };
      const response = await post(key, sent, { query: '?page=2', headers: { 'x-source': 'a', 'x-flag': 'true' } });
      expect(response.status).toBe(200);
      const [execution] = await finishedExecutions(api, key);
      expect(execution?.context).toMatchObject({ data: sent, query: { page: '2' }, headers: { 'x-flag': 'true' } });
    });

    it('lists everything that does not, with its path', async () => {
      const { key } = await createWebhook(api, config);
      const response = await post(
        key,
        { mail: 1, code: 'abc', rows: [{ n: 1 }, { n: 'x' }] },
        { query: '?page=0', headers: { 'x-flag': 'perhaps' } },
      );
      expect(response.status).toBe(422);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      const { errors } = (await response.json()) as { errors: { path: string }[] };
      // A database may keep the schema's properties in another order.
      expect(errors.sort((one, other) => (one.path < other.path ? -1 : 1))).toEqual(
        [
          ['/data', "must have required property 'id'"],
          ['/data/code', 'must match pattern "^[A-Z]{3}-\\d+$"'],
          ['/data/mail', 'must be string'],
          ['/data/rows/1/n', 'must be number'],
          ['/headers', "must have required property 'x-source'"],
          ['/headers/x-flag', 'must be boolean'],
          ['/query/page', 'must be >= 1'],
        ].map(([path, message]) => ({ code: 'INVALID_DATA', message, path })),
      );
      expect(await listExecutions(api, key)).toHaveLength(0);
    });

    it('holds the parameters of the path to what they spell, and lets the workflow see texts', async () => {
      const path = unique('orders');
      const { key } = await createWebhook(api, {
        path: `${path}/:orderId/:day`,
        params: { schema: { properties: { orderId: { type: 'integer', minimum: 1 }, day: { format: 'date' } } } },
      });
      expect((await post(`${path}/5/2026-01-31`, {})).status).toBe(200);
      const [execution] = await finishedExecutions(api, key);
      expect(execution?.context).toMatchObject({ params: { orderId: '5', day: '2026-01-31' } });
      const refused = await post(`${path}/0/tomorrow`, {});
      expect(refused.status).toBe(422);
      const { errors } = (await refused.json()) as { errors: { path: string }[] };
      expect(errors.sort((one, other) => (one.path < other.path ? -1 : 1))).toEqual([
        { code: 'INVALID_DATA', message: 'must match format "date"', path: '/params/day' },
        { code: 'INVALID_DATA', message: 'must be >= 1', path: '/params/orderId' },
      ]);
      expect(await listExecutions(api, key)).toHaveLength(1);
    });

    it('takes no body for null', async () => {
      const { key } = await createWebhook(api, { methods: ['GET'], body: { schema: { type: 'object' } } });
      expect((await fetch(host.webhook(key))).status).toBe(422);
    });

    it('answers quickly whatever the pattern and the text', async () => {
      const { key } = await createWebhook(api, { body: { schema: { pattern: '^(a+)+$' } } });
      const start = Date.now();
      expect((await post(key, `${'a'.repeat(500_000)}!`)).status).toBe(422);
      expect(Date.now() - start).toBeLessThan(5_000);
    });

    it.each<[string, WebhookConfigInput, string]>([
      [
        'a schema that does not compile',
        { body: { schema: { type: 'strin' } } },
        'body.schema: This is not a valid 2020-12 schema',
      ],
      [
        'a remote reference',
        { query: { schema: { $ref: 'https://example.com/a.json' } } },
        'Schemas are never loaded from elsewhere',
      ],
      [
        'a pattern that can not be bounded',
        { body: { schema: { pattern: '(a)\\1' } } },
        'Lookahead, lookbehind and backreferences',
      ],
      [
        'a schema that is no object',
        { headers: { schema: [] as never } },
        'headers.schema: A JSON Schema is an object',
      ],
      [
        'a parameter that the path lacks',
        { params: { schema: { required: ['id'] } } },
        'The path has no parameter id.',
      ],
      ['a header in capitals', { headers: { schema: { required: ['X-A'] } } }, 'write "x-a"'],
      [
        'a filter that is none',
        { filter: { group: { type: 'nand' as never } } },
        'filter.group.type: This must be one of: and, or',
      ],
      [
        'a header of the connection',
        { response: { headers: [{ name: 'Connection', value: 'x' }] } },
        'is set by the server',
      ],
      [
        'a failure response with no status',
        { response: { onFailure: {} as never } },
        'response.onFailure.status: This is required',
      ],
    ])('refuses to save %s, and says why', async (_what, refused, message) => {
      const response = await api.request('workflows:create', {
        method: 'POST',
        json: { title: 'refused', type: 'webhook', sync: false, enabled: true, current: true, config: refused },
      });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(JSON.stringify(message).slice(1, -1));
    });
  });

  describe('the filter', () => {
    const only = (calculator: string, left: string, right: unknown): WebhookConfigInput => ({
      filter: { group: { type: 'and', calculations: [{ calculator, operands: [left, right] }] } },
    });

    it('starts what meets it, and answers the rest', async () => {
      const { key } = await createWebhook(api, {
        ...only('equal', '{{$context.data.action}}', 'opened'),
        response: { body: { ok: true } },
      });
      const met = await post(key, { action: 'opened' });
      const unmet = await post(key, { action: 'closed' });
      expect([met.status, await met.json(), unmet.status, await unmet.json()]).toEqual([
        200,
        { ok: true },
        200,
        { ignored: true },
      ]);
      await finishedExecutions(api, key);
      expect(await listExecutions(api, key)).toHaveLength(1);
    });

    it('is asked before a caller waits for anything', async () => {
      const { key } = await createWebhook(api, only('equal', '{{$context.data.a}}', 1), { sync: true });
      expect(await (await post(key, { a: 2 })).json()).toEqual({ ignored: true });
      expect(await listExecutions(api, key)).toHaveLength(0);
    });

    it.each([
      ['ignore', 0],
      ['start', 1],
    ] as const)('that can not be evaluated does as it was told: %s', async (filterOnError, started) => {
      const { key } = await createWebhook(api, { ...only('includes', '{{$context.data.tags}}', 'x'), filterOnError });
      expect((await post(key, {})).status).toBe(200);
      await post(key, { tags: ['x'] });
      expect(await finishedExecutions(api, key, 1 + started)).toHaveLength(1 + started);
    });
  });
});

// Not on SQLite, where NocoBase fails what meets another's write.
onEveryServer('webhooks that are written many at once', ({ api, webhook }) => {
  const token = unique('token');
  const auth: TokenAuth = { type: 'token', in: 'header', name: 'x-key', secrets: [token] };
  const call = async (key: string, headers: Record<string, string> = {}) =>
    (await fetch(webhook(key), { method: 'POST', headers })).status;

  /** As NocoBase's *Import* does it: a table, and defaults for what it has no column for. */
  const importRows = async (rows: object[], defaults: Record<string, string>): Promise<{ status: number }> => {
    const names = Object.keys(rows[0] ?? {});
    const lines = [names, ...rows.map((row) => Object.values(row) as unknown[])].map((cells) =>
      cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(','),
    );
    const form = new FormData();
    form.append('file', new Blob([lines.join('\n')]), 'rows.csv');
    form.append(
      'columns',
      JSON.stringify(names.map((name) => ({ dataIndex: [name], title: name, defaultTitle: name }))),
    );
    const query = Object.entries({ type: 'webhook', ...defaults }).map(([name, value]): [string, string] => [
      `rowDefaultValues${name.replace(/[^.]+/g, '[$&]').replaceAll('.', '')}`,
      value,
    ]);
    return api.request(`workflows:importXlsx?${new URLSearchParams(query)}`, { method: 'POST', body: form });
  };
  const found = async (key: string) =>
    (await api.get<WorkflowRecord[]>('workflows:list', { filter: JSON.stringify({ key }), except: '' }))[0];

  it('have their secrets sealed', async () => {
    const key = unique('key');
    const defaults = {
      'config.auth.type': 'token',
      'config.auth.in': 'header',
      'config.auth.name': 'x-key',
      'config.auth.secrets.0': token,
    };
    expect((await importRows([{ title: unique(), key }], defaults)).status).toBe(200);
    const workflow = await found(key);
    expect(JSON.stringify(workflow)).not.toContain(token);
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow!.id });
    expect(await call(key, { 'x-key': 'other' })).toBe(401);
    expect(await call(key, { 'x-key': token })).toBe(200);
    // NocoBase gives it a key of its own.
    const title = unique();
    expect((await importRows([{ title }], defaults)).status).toBe(200);
    const filter = JSON.stringify({ title });
    const [keyless] = await api.get<WorkflowRecord[]>('workflows:list', { filter, except: '' });
    expect(JSON.stringify(keyless)).not.toContain(token);
    const unreadable = await api.get('webhookEndpoints:unreadableSecrets', { filterByTk: keyless!.id });
    expect(unreadable).toEqual({ unreadable: [] });
  });

  it('are not enabled with settings that can not be used', async () => {
    const key = unique('key');
    // A table has settings as a text, which are none.
    const row = { title: unique(), key, enabled: true, config: JSON.stringify({ auth }) };
    expect((await importRows([row], {})).status).not.toBe(200);
    expect(await call(key)).toBe(404);
    expect(await found(key)).toBeUndefined();
  });

  it('are sealed and checked where a node updates them in a batch', async () => {
    const targets = [await createWebhook(api), await createWebhook(api)] as const;
    const run = async (values: object) => {
      const updater = await createWebhook(api);
      const filter = { key: { $in: targets.map(({ key }) => key) } };
      const params = { individualHooks: false, filter, values };
      await addNode(api, updater, { type: 'update', config: { collection: 'workflows', params } });
      expect(await call(updater.key)).toBe(200);
      return (await finishedExecutions(api, updater.key))[0]!.status;
    };
    expect(await run({ config: { auth } })).toBe(1);
    for (const { id, key } of targets) {
      expect(JSON.stringify(await api.get('workflows:get', { filterByTk: id }))).not.toContain(token);
      await waitFor('the new settings', 10_000, async () => (await call(key)) === 401);
      expect(await call(key, { 'x-key': token })).toBe(200);
    }
    // Enabled with settings that can not be used: nothing of it is written.
    expect(await run({ enabled: true, config: { auth: 'none' } })).toBeLessThan(0);
    expect(await call(targets[0].key)).toBe(401);
  });
});
