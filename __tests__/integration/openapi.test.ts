import { onEveryDatabase, unique } from '../support/hosts';
import { createWebhook } from '../support/workflows';

jest.setTimeout(120_000);

interface Document {
  openapi: string;
  info: { title: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, unknown>>;
}

onEveryDatabase('an OpenAPI document of webhooks', (host) => {
  const { api } = host;
  const ask = async (query = '') => {
    const response = await api.request(`webhookEndpoints:openapi${query}`);
    return { status: response.status, document: (await response.json()) as Document };
  };

  it('describes one that is off, where it is called', async () => {
    const path = unique('orders-');
    const { id, key, title } = await createWebhook(
      api,
      {
        path: `${path}/:orderId`,
        methods: ['PUT'],
        auth: { type: 'basic', username: 'u', passwords: ['hidden-1234'] },
      },
      { enabled: false },
    );
    const { status, document } = await ask(`?filterByTk=${id}`);
    expect([status, document.openapi, document.info.title]).toEqual([200, '3.1.1', title]);
    expect(Object.keys(document.paths)).toEqual([`/webhooks/${path}/{orderId}`]);
    const url = `${document.servers[0]?.url}/webhooks/${key}`;
    expect(url).toBe(host.webhook(key));
    expect(JSON.stringify(document)).not.toMatch(/hidden-1234|sealed/);
  });

  it('describes all that are enabled, and what it describes can be called', async () => {
    const { key } = await createWebhook(api, { body: { schema: { type: 'object', required: ['n'] } } });
    const { document } = await ask();
    expect(document.paths[`/webhooks/${key}`]).toHaveProperty('post');
    const call = (body: object) =>
      fetch(`${document.servers[0]?.url}/webhooks/${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect([(await call({ n: 1 })).status, (await call({})).status]).toEqual([200, 422]);
  });

  it.each([
    ['?filterByTk=999999999999', 404],
    ['?filterByTk=x', 400],
    ['?filterByTk[]=1', 400],
    ['?filterByTk=', 400],
  ])('refuses %s', async (query, status) => {
    expect((await ask(query)).status).toBe(status);
  });
});
