import { sign } from '@octokit/webhooks-methods';
import { onEveryDatabase, unique, type TestHost } from '../support/hosts';
import { addNode, createWebhook, executedByHand, finishedExecutions } from '../support/workflows';

const SECRET = 'correct horse battery staple';
const github = { type: 'provider' as const, provider: 'github', secrets: [{ name: 'main', value: SECRET }] };

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

async function errorCode(response: Response): Promise<string | undefined> {
  return ((await response.json()) as { errors: { code: string }[] }).errors[0]?.code;
}

onEveryDatabase('a webhook', (host: TestHost) => {
  const { api } = host;

  it('starts its workflow with the request as variables', async () => {
    const path = unique('orders/');
    const workflow = await createWebhook(api, { path: `${path}/:orderId`, methods: ['POST', 'PUT'] });
    const response = await fetch(`${host.webhook(path)}/a%20b?tag=x&tag=y&n[a]=1`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'X-Custom': 'Yes' },
      body: '{"name":"Zoë 🚲","n":1.5,"list":[1,null,true]}',
    });
    expect(response.status).toBe(200);
    const [execution] = await finishedExecutions(api, workflow.key);
    expect(execution?.status).toBe(1);
    expect(execution?.context).toMatchObject({
      data: { name: 'Zoë 🚲', n: 1.5, list: [1, null, true] },
      headers: { 'x-custom': 'Yes' },
      query: { tag: ['x', 'y'], n: { a: '1' } },
      params: { orderId: 'a b' },
      method: 'PUT',
      path: `${host.apiPath}webhooks/${path}/a%20b`,
      ip: expect.stringMatching(/^(::ffff:)?127\.0\.0\.1$/),
      deliveryId: execution?.eventKey,
      provider: null,
    });
    expect(execution?.context).not.toHaveProperty('rawBody');
  });

  it('is reached by its key, by the alias, and by its own path', async () => {
    const path = unique('path-');
    const { key } = await createWebhook(api, { path });
    for (const url of [
      host.webhook(key),
      host.webhook(path),
      `${host.webhook(path)}/`,
      `${host.url}${host.apiPath}webhook:trigger/${key}`,
    ]) {
      expect((await post(url, '{}')).status).toBe(200);
    }
    expect(await finishedExecutions(api, key, 4)).toHaveLength(4);
    const wrongCase = await post(host.webhook(path.toUpperCase()), '{}');
    expect(wrongCase.status).toBe(404);
    expect(await errorCode(wrongCase)).toBe('WEBHOOK_NOT_FOUND');
  });

  it('takes what GitHub signs and refuses what is changed by one byte', async () => {
    const { key } = await createWebhook(api, { auth: github });
    const body = '{ "zen":  "Keep it logically awesome." }';
    const signature = await sign(SECRET, body);
    const signed = { 'x-hub-signature-256': signature, 'x-github-delivery': unique() };
    expect((await post(host.webhook(key), body, signed)).status).toBe(200);

    for (const [what, changed, headers] of [
      ['a changed byte', body.replace('Keep', 'keep'), signed],
      ['a body that was parsed and written again', JSON.stringify(JSON.parse(body)), signed],
      ['no signature', body, {}],
      ['another secret', body, { 'x-hub-signature-256': await sign('wrong', body) }],
    ] as const) {
      const refused = await post(host.webhook(key), changed, headers);
      expect([what, refused.status]).toEqual([what, 401]);
      expect(await refused.json()).toEqual({
        errors: [{ code: 'UNVERIFIED', message: 'The request could not be verified.' }],
      });
    }
    expect(await finishedExecutions(api, key)).toHaveLength(1);
  });

  it('waits for a sync workflow and answers with values of the run', async () => {
    const workflow = await createWebhook(api, { methods: ['GET'] }, { sync: true, enabled: false });
    const node = await addNode(api, workflow, {
      type: 'calculation',
      config: { engine: 'math.js', expression: '{{$context.query.n}} * 2' },
    });
    await api.action(
      'workflows:update',
      {
        config: {
          methods: ['GET'],
          response: {
            status: 201,
            headers: [{ name: 'X-Double', value: '{{$jobsMapByNodeKey.' + node.key + '}}' }],
            body: { double: '{{$jobsMapByNodeKey.' + node.key + '}}', asked: '{{$context.query.n}}' },
          },
        },
        enabled: true,
      },
      { filterByTk: workflow.id },
    );
    const response = await fetch(`${host.webhook(workflow.key)}?n=21`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-double')).toBe('42');
    expect(await response.json()).toEqual({ double: 42, asked: '21' });

    const head = await fetch(`${host.webhook(workflow.key)}?n=21`, { method: 'HEAD' });
    expect(head.status).toBe(201);
    expect(head.headers.get('content-type')).toMatch(/^application\/json/);
    expect(head.headers.get('x-double')).toBeNull();
    expect(head.headers.get('content-length')).toBeNull();
    expect(await head.text()).toBe('');

    const failed = await fetch(`${host.webhook(workflow.key)}?n=(`);
    expect(failed.status).toBe(500);
    expect(await errorCode(failed)).toBe('WORKFLOW_FAILED');
  });

  it('refuses other methods and says which it takes', async () => {
    const { key } = await createWebhook(api, { methods: ['GET', 'POST'] });
    const response = await fetch(host.webhook(key), { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST, HEAD');
    expect(await errorCode(response)).toBe('METHOD_NOT_ALLOWED');
  });

  it('lets two webhooks share a path with different methods, and no more', async () => {
    const path = unique('shared/');
    const first = await createWebhook(api, { path: `${path}/:id`, methods: ['GET'] });
    const second = await createWebhook(api, { path: `${path}/:name`, methods: ['POST'] });
    await expect(createWebhook(api, { path: `/${path}/:other/`, methods: ['PUT', 'GET'] })).rejects.toThrow(
      first.title,
    );
    const third = await createWebhook(api, { path: `${path}/:other`, methods: ['GET'] }, { enabled: false });
    await expect(api.action('workflows:update', { enabled: true }, { filterByTk: third.id })).rejects.toThrow(
      first.title,
    );
    expect((await fetch(`${host.webhook(path)}/1`)).status).toBe(200);
    expect((await post(`${host.webhook(path)}/1`, '{}')).status).toBe(200);
    await api.action('workflows:update', { enabled: false }, { filterByTk: first.id });
    await api.action('workflows:update', { enabled: true }, { filterByTk: third.id });
    expect((await fetch(`${host.webhook(path)}/2`)).status).toBe(200);
    expect((await finishedExecutions(api, third.key))[0]?.context.params).toEqual({ other: '2' });
    expect((await finishedExecutions(api, second.key))[0]?.context.params).toEqual({ name: '1' });
  });

  it('follows its workflow at once: disabled, edited, revised, deleted', async () => {
    const path = unique('life-');
    const workflow = await createWebhook(api, { path });
    const status = async (at: string) => (await post(host.webhook(at), '{}')).status;
    expect(await status(path)).toBe(200);
    await finishedExecutions(api, workflow.key);
    await api.action('workflows:update', { enabled: false }, { filterByTk: workflow.id });
    expect(await status(path)).toBe(404);
    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    expect(await status(path)).toBe(200);

    // A workflow that has run is revised, not edited: same key, so the URL stays.
    const revision = await api.action<{ id: number; key: string }>(
      'workflows:revision',
      {},
      { filterByTk: workflow.id, filter: JSON.stringify({ key: workflow.key }) },
    );
    expect(revision.key).toBe(workflow.key);
    const moved = unique('moved-');
    await api.action('workflows:update', { config: { path: moved } }, { filterByTk: revision.id });
    await api.action('workflows:update', { enabled: true }, { filterByTk: revision.id });
    expect(await status(moved)).toBe(200);
    expect(await status(path)).toBe(404);
    expect(await status(workflow.key)).toBe(200);

    await api.action('workflows:destroy', {}, { filterByTk: revision.id });
    expect(await status(workflow.key)).toBe(404);
  });

  it('refuses to save settings that it does not know', async () => {
    await expect(createWebhook(api, { metods: ['POST'] } as never)).rejects.toThrow(/Did you mean.*methods/);
    const workflow = await createWebhook(api);
    await expect(
      api.action('workflows:update', { config: { body: { maxSize: 'lots' } } }, { filterByTk: workflow.id }),
    ).rejects.toThrow(/Give a size/);
  });

  it('refuses a body that is larger than it takes', async () => {
    const { key } = await createWebhook(api, { body: { maxSize: '1kb' } });
    expect((await post(host.webhook(key), JSON.stringify('x'.repeat(1022)))).status).toBe(200);
    const refused = await post(host.webhook(key), JSON.stringify('x'.repeat(1023)));
    expect(refused.status).toBe(413);
    expect(await errorCode(refused)).toBe('BODY_TOO_LARGE');
  });

  it.each([
    [
      'basic',
      { type: 'basic' as const, username: 'ann', passwords: ['p:ässwörd'] },
      `Basic ${Buffer.from('ann:p:ässwörd').toString('base64')}`,
      `Basic ${Buffer.from('ann:p:asswörd').toString('base64')}`,
    ],
    [
      'a bearer token',
      { type: 'token' as const, in: 'header' as const, name: 'Authorization', scheme: 'Bearer', secrets: ['t0ken'] },
      'bearer t0ken',
      'Bearer t0ken2',
    ],
  ])('verifies %s, and keeps the credential out of the run', async (_what, auth, good, bad) => {
    const { key } = await createWebhook(api, { auth });
    expect((await post(host.webhook(key), '{}', { authorization: bad })).status).toBe(401);
    expect((await post(host.webhook(key), '{}')).status).toBe(401);
    expect((await post(host.webhook(key), '{}', { authorization: good })).status).toBe(200);
    const [execution] = await finishedExecutions(api, key);
    expect((execution?.context.headers as Record<string, string>).authorization).toBe('[redacted]');
  });

  it('never gives a secret back', async () => {
    const secret = unique('very-secret-');
    const workflow = await createWebhook(api, { auth: { ...github, secrets: [{ name: 'a', value: secret }, secret] } });
    const stored = await api.get<{ config: unknown }>('workflows:get', { filterByTk: workflow.id });
    expect(JSON.stringify(stored)).not.toContain(secret);
    expect(stored.config).toMatchObject({
      auth: { secrets: [{ name: 'a', sealed: expect.any(String) }, { sealed: expect.any(String) }] },
    });
    // Saved again as it was given, it still works.
    await api.action('workflows:update', { config: stored.config }, { filterByTk: workflow.id });
    const signed = { 'x-hub-signature-256': await sign(secret, '{}') };
    expect((await post(host.webhook(workflow.key), '{}', signed)).status).toBe(200);
  });

  it('reads a secret from the environment variables, also after it changed', async () => {
    const name = unique('WEBHOOK_SECRET_');
    await api.action('environmentVariables:create', { name, type: 'secret', value: 'first' });
    const { key } = await createWebhook(api, { auth: { ...github, secrets: [{ value: `{{$env.${name}}}` }] } });
    const status = async (secret: string) =>
      (await post(host.webhook(key), '{}', { 'x-hub-signature-256': await sign(secret, '{}') })).status;
    expect(await status('first')).toBe(200);
    await api.action('environmentVariables:update', { value: 'second' }, { filterByTk: name });
    expect(await status('second')).toBe(200);
    expect(await status('first')).toBe(401);
  });

  it('can be executed by hand, with headers, query and body typed in', async () => {
    const workflow = await createWebhook(api, { path: unique('hand/') + '/:id' }, { enabled: false });
    const run = await executedByHand(host, workflow, {
      method: 'POST',
      headers: { 'X-Event': 'push' },
      query: { a: '1' },
      params: { id: '7' },
      data: { b: 2 },
    });
    expect(run.status).toBe(1);
    expect(run.context).toMatchObject({
      headers: { 'x-event': 'push' },
      query: { a: '1' },
      params: { id: '7' },
      data: { b: 2 },
    });
  });
});
