import { Api, PLUGIN, type Host } from '../../../scripts/host';
import { onEveryDatabase, ownHost, unique } from '../../support/hosts';
import { secretOf, urlSigner } from '../../support/providerCalls';
import { createWebhook, waitFor } from '../../support/workflows';

const post = (url: string, headers: Record<string, string> = {}) => fetch(url, { method: 'POST', headers });

onEveryDatabase('paths', (host) => {
  const base = unique('paths-');

  beforeAll(async () => {
    const response = { status: 200, contentType: 'application/json', headers: [], body: '{{$context.params}}' };
    await createWebhook(host.api, { path: `${base}/:first/:second`, response });
    await createWebhook(host.api, { path: `${base}/static/:second`, response: { ...response, body: 'static' } });
    await createWebhook(host.api, {
      path: `${base}/:first/:second`,
      methods: ['PUT'],
      response: { ...response, body: 'put' },
    });
  });

  it.each([
    ['/a/b', 200, { first: 'a', second: 'b' }],
    ['/a/b/', 200, { first: 'a', second: 'b' }],
    ['/1/02', 200, { first: '1', second: '02' }],
    ['/a%20b/%C3%A4', 200, { first: 'a b', second: 'ä' }],
    ['/a%2Fb/c', 200, { first: 'a/b', second: 'c' }],
    ['/%2541/b', 200, { first: '%41', second: 'b' }],
    ['/__proto__/constructor', 200, { first: '__proto__', second: 'constructor' }],
    ['/a', 404, undefined],
    ['/a/b/c', 404, undefined],
    ['/a//b', 404, undefined],
    ['/a/%zz', 404, undefined],
    ['/a/%ff', 404, undefined],
    ['', 404, undefined],
  ])('%s is answered with %i', async (path, status, params) => {
    const answer = await post(host.webhook(`${base}${path}`));
    expect(answer.status).toBe(status);
    if (params) {
      expect(await answer.json()).toEqual(params);
    }
  });

  it('a static segment wins over a parameter, and letter case counts', async () => {
    expect(await (await post(host.webhook(`${base}/static/b`))).text()).toContain('static');
    expect(await (await post(host.webhook(`${base}/STATIC/b`))).json()).toEqual({ first: 'STATIC', second: 'b' });
  });

  it('two webhooks share a path where their methods differ', async () => {
    expect(await (await fetch(host.webhook(`${base}/a/b`), { method: 'PUT' })).text()).toContain('put');
    const refused = await fetch(host.webhook(`${base}/a/b`), { method: 'DELETE' });
    expect([refused.status, refused.headers.get('allow')?.split(', ').sort()]).toEqual([405, ['POST', 'PUT']]);
  });
});

describe('below a public path, with sub-apps', () => {
  let host: Host;
  let path: string;
  const SUB_APP = 'branch';
  const square = urlSigner('square');

  beforeAll(async () => {
    host = await ownHost({ env: { APP_PUBLIC_PATH: '/nb/', API_BASE_PATH: '/backend/' } });
    path = unique('base-');
    const { key } = await createWebhook(host.api, { path });
    path = `${path} ${key}`;
  }, 180_000);

  afterAll(() => host?.remove());

  it('webhooks are there, by path, key and alias, and nowhere else', async () => {
    const [custom, key] = path.split(' ');
    const base = `${host.url}/nb/backend/`;
    expect(host.api.base).toBe(base);
    for (const url of [`webhooks/${custom}`, `webhooks/${key}`, `webhook:trigger/${key}`]) {
      expect([url, (await post(`${base}${url}`)).status]).toEqual([url, 200]);
    }
    expect((await post(`${base}webhook:trigger/${custom}`)).status).toBe(404);
    for (const wrong of ['/api/', '/nb/api/', '/backend/']) {
      const answer = await post(`${host.url}${wrong}webhooks/${custom}`);
      expect([wrong, await answer.text()]).not.toEqual([wrong, '']);
    }
  });

  it('what was set for all webhooks is still set after a restart', async () => {
    const saved = { trustedProxies: ['loopback', '10.0.0.0/8'], publicUrl: 'https://hooks.example.com' };
    await host.api.action('webhookSettings:save', saved);
    await host.restart();
    expect(await host.api.get('webhookSettings:get')).toMatchObject({
      ...saved,
      sources: { trustedProxies: 'settings', publicUrl: 'settings' },
    });
    await host.api.action('webhookSettings:save', { trustedProxies: ['loopback'], publicUrl: '' });
  }, 120_000);

  it('a sub-app has webhooks, routes and settings of its own', async () => {
    await host.api.request('pm:enable?filterByTk=multi-app-manager&awaitResponse=true', { method: 'POST' });
    await waitFor('sub-apps to be possible', 60_000, () =>
      host.api.get('applications:list').then(
        () => true,
        () => false,
      ),
    );
    await host.api.action('applications:create', { name: SUB_APP, displayName: SUB_APP, options: { autoStart: true } });
    const sub = new Api(`${host.api.base}__app/${SUB_APP}/`);
    await waitFor('the sub-app to answer', 120_000, () =>
      sub.signIn().then(
        () => true,
        () => false,
      ),
    );
    await waitFor('the plugin to be enabled there', 120_000, async () => {
      await sub.request(`pm:enable?filterByTk=${PLUGIN}&awaitResponse=true`, { method: 'POST' });
      return sub.get<{ packageName?: string }[]>('pm:listEnabled').then(
        (plugins) => plugins.some(({ packageName }) => packageName === PLUGIN),
        () => false,
      );
    });
    const own = unique('sub-');
    await createWebhook(sub, { path: own });
    const shown = unique('sub-');
    await createWebhook(sub, {
      path: shown,
      response: { status: 200, contentType: 'text/plain', headers: [], body: '{{$context.path}}' },
    });
    const statuses = [
      (await post(`${sub.base}webhooks/${own}`)).status,
      (await post(`${host.api.base}webhooks/${own}`, { 'x-app': SUB_APP })).status,
      (await post(`${host.api.base}webhooks/${own}?__appName=${SUB_APP}`)).status,
      (await post(`${host.api.base}webhooks/${own}`)).status,
      (await post(`${sub.base}webhooks/${path.split(' ')[0]}`)).status,
    ];
    expect(statuses).toEqual([200, 200, 200, 404, 404]);
    // The path that a provider signs is the one it calls.
    expect(await (await post(`${sub.base}webhooks/${shown}`)).text()).toBe(
      `/nb/backend/__app/${SUB_APP}/webhooks/${shown}`,
    );
    await sub.action('webhookSettings:save', {
      trustedProxies: ['10.0.0.0/8'],
      publicUrl: 'https://sales.example.com',
    });
    expect(await host.api.get('webhookSettings:get')).toMatchObject({ trustedProxies: ['loopback'], publicUrl: '' });
    const signed = await createWebhook(sub, {
      auth: { type: 'provider', provider: 'square', secrets: [secretOf(square)] },
    });
    const called = (base: string) => `${base}__app/${SUB_APP}/webhooks/${signed.key}`;
    const call = await square.call(called('https://sales.example.com/nb/backend/'));
    expect((await fetch(called(host.api.base), { method: 'POST', ...call })).status).toBe(200);
  }, 400_000);
});
