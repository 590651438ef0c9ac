import type { Host } from '../host';
import type { WebhookConfigInput } from '../../src/common/config';

const secrets = ['s3cret'];
const METHODS: WebhookConfigInput['methods'] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const provider = (id: string, options: Record<string, unknown> = {}): WebhookConfigInput => ({
  auth: { type: 'provider', provider: id, secrets, options },
});

/** One webhook for each way in which a request is dealt with, by path. Only `sync` ones are waited for. */
const WEBHOOKS: Record<string, { config: WebhookConfigInput; sync?: boolean }> = {
  open: { config: { methods: METHODS, body: { keepRaw: true } } },
  'open/:a/:b': { config: { methods: METHODS } },
  waits: {
    sync: true,
    config: {
      methods: METHODS,
      response: {
        status: 200,
        contentType: 'application/json',
        headers: [],
        body: { data: '{{$context.data}}', query: '{{$context.query}}' },
      },
    },
  },
  echo: {
    config: {
      response: {
        status: 201,
        contentType: 'text/plain',
        headers: [{ name: 'x-echo', value: '{{$context.query.a}}' }],
        body: '{{$context.data.a}}',
      },
    },
  },
  checked: {
    config: {
      body: {
        schema: {
          type: 'object',
          properties: { a: { type: 'integer' }, b: { type: 'array', uniqueItems: true } },
          required: ['a'],
        },
      },
      query: { schema: { properties: { a: { type: 'integer' } } } },
      headers: { schema: { required: ['x-key'] } },
    },
  },
  filtered: {
    config: {
      filter: {
        group: { type: 'and', calculations: [{ calculator: 'includes', operands: ['{{$context.data.a}}', 'x'] }] },
      },
    },
  },
  small: { config: { body: { maxSize: '1kb' } } },
  pages: { config: { methods: METHODS, cors: { origins: ['https://shop.example'] } } },
  listed: { config: { ipAllowlist: ['192.0.2.0/24', '2001:db8::/32'] } },
  limited: { config: { rateLimit: { points: 5, duration: 1 } } },
  token: { config: { auth: { type: 'token', in: 'header', name: 'x-key', secrets } } },
  basic: { config: { auth: { type: 'basic', username: 'a', passwords: ['b'] } } },
  jwt: { config: { auth: { type: 'jwt', algorithms: ['HS256'], secrets } } },
  github: { config: provider('github') },
  stripe: { config: provider('stripe') },
  slack: { config: provider('slack') },
  meta: { config: provider('meta', { verifyToken: 'vt' }) },
  standard: { config: provider('standard-webhooks') },
  cloudevents: { config: provider('cloudevents', { allowedOrigins: '*' }) },
};

/** Creates the webhooks on a host; gives the paths by which they are called. */
export async function createWebhooks(host: Host): Promise<string[]> {
  const paths: string[] = [];
  for (const [path, { config, sync = false }] of Object.entries(WEBHOOKS)) {
    const { key } = await host.api.action<{ key: string }>('workflows:create', {
      title: path,
      type: 'webhook',
      sync,
      enabled: true,
      current: true,
      config: { path, ...config },
    });
    paths.push(path.replace(/:\w+/g, 'value'), key);
  }
  return paths;
}
