import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import examples from '@octokit/webhooks-examples';
import type { WebhookConfigInput } from '../../src/common/config';
import type { Host } from '../host';

/** What the demo made, kept in the app's folder (readable by its owner alone: it has the secret). */
interface Demo {
  secret: string;
  pushKey: string;
  orderKey: string;
}

export interface DemoCalls {
  pushUrl: string;
  pushCurl: string;
  orderUrl: string;
  orderCurl: string;
}

/** In the app's folder; there once the demo is. */
export const DEMO_FILE = 'demo.json';
const PAYLOAD_FILE = 'github-push.json';
const PUSH_TITLE = 'GitHub push';
const ORDER_TITLE = 'Order total';

/** Makes the demo unless it is there, and gives its URLs and the lines that call them. */
export async function ensureDemo(host: Host): Promise<DemoCalls> {
  const file = join(host.dir, DEMO_FILE);
  if (!existsSync(file)) {
    writeFileSync(file, JSON.stringify(await createDemo(host)), { mode: 0o600 });
  }
  return calls(host, JSON.parse(readFileSync(file, 'utf8')) as Demo);
}

async function createDemo(host: Host): Promise<Demo> {
  const secret = randomBytes(24).toString('base64url');
  await removeUnfinished(host);
  await createPushes(host);
  return { secret, pushKey: await createPushWorkflow(host, secret), orderKey: await createOrderWorkflow(host) };
}

/** Takes away what a start that was cut off has made. */
async function removeUnfinished({ api }: Host): Promise<void> {
  const titles = { title: { $in: [PUSH_TITLE, ORDER_TITLE] }, type: 'webhook' };
  await api.action('workflows:destroy', {}, { filter: JSON.stringify(titles) });
  await api.action('collections:destroy', {}, { filter: JSON.stringify({ name: 'pushes' }) });
}

/** The collection that the first workflow writes to. */
async function createPushes({ api }: Host): Promise<void> {
  const field = (name: string, title: string, type: 'string' | 'integer') => ({
    name,
    type,
    interface: type === 'string' ? 'input' : 'integer',
    uiSchema: {
      type: type === 'string' ? 'string' : 'number',
      title,
      'x-component': type === 'string' ? 'Input' : 'InputNumber',
    },
  });
  await api.action('collections:create', {
    name: 'pushes',
    title: 'Pushes',
    template: 'general',
    logging: true,
    fields: [
      { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true, allowNull: false, interface: 'id' },
      { name: 'createdAt', type: 'date', interface: 'createdAt', field: 'createdAt' },
      field('repository', 'Repository', 'string'),
      field('branch', 'Branch', 'string'),
      field('pusher', 'Pusher', 'string'),
      field('commits', 'Commits', 'integer'),
    ],
  });
}

/** Async: a record for every push that GitHub signed. */
async function createPushWorkflow(host: Host, secret: string): Promise<string> {
  const config: WebhookConfigInput = {
    path: 'github-push',
    auth: { type: 'provider', provider: 'github', secrets: [{ name: 'demo', value: secret }] },
    variables: {
      headers: [{ path: 'x-github-event', title: 'Event', type: 'string' }],
      data: [
        { path: 'ref', title: 'Ref', type: 'string' },
        { path: 'repository.full_name', title: 'Repository', type: 'string' },
        { path: 'pusher.name', title: 'Pusher', type: 'string' },
        { path: 'commits', title: 'Commits', type: 'array' },
      ],
    },
    response: { status: 202, body: { delivery: '{{$context.deliveryId}}' } },
  };
  const workflow = await createWorkflow(host, { title: PUSH_TITLE, sync: false, config });
  const branch = await addNode(host, workflow.id, {
    type: 'calculation',
    title: 'Branch',
    config: { engine: 'formula.js', expression: 'SUBSTITUTE({{$context.data.ref}}, "refs/heads/", "")' },
  });
  const count = await addNode(host, workflow.id, {
    type: 'calculation',
    title: 'Number of commits',
    upstreamId: branch.id,
    config: { engine: 'formula.js', expression: 'COUNTA({{$context.data.commits}})' },
  });
  await addNode(host, workflow.id, {
    type: 'create',
    title: 'Record the push',
    upstreamId: count.id,
    config: {
      collection: 'pushes',
      params: {
        values: {
          repository: '{{$context.data.repository.full_name}}',
          branch: `{{$jobsMapByNodeKey.${branch.key}}}`,
          pusher: '{{$context.data.pusher.name}}',
          commits: `{{$jobsMapByNodeKey.${count.key}}}`,
        },
      },
    },
  });
  await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
  return workflow.key;
}

/** Sync: the caller gets what the run worked out. */
async function createOrderWorkflow(host: Host): Promise<string> {
  const base: WebhookConfigInput = {
    path: 'orders/:orderId/total',
    variables: {
      data: [
        { path: 'quantity', title: 'Quantity', type: 'number' },
        { path: 'price', title: 'Price', type: 'number' },
      ],
    },
  };
  const workflow = await createWorkflow(host, { title: ORDER_TITLE, sync: true, config: base });
  const total = await addNode(host, workflow.id, {
    type: 'calculation',
    title: 'Total',
    config: { engine: 'math.js', expression: '{{$context.data.quantity}} * {{$context.data.price}}' },
  });
  const body = { orderId: '{{$context.params.orderId}}', total: `{{$jobsMapByNodeKey.${total.key}}}` };
  await host.api.action(
    'workflows:update',
    { config: { ...base, response: { status: 200, body } }, enabled: true },
    { filterByTk: workflow.id },
  );
  return workflow.key;
}

function createWorkflow(
  { api }: Host,
  values: { title: string; sync: boolean; config: WebhookConfigInput },
): Promise<{ id: number; key: string }> {
  return api.action('workflows:create', { ...values, type: 'webhook', current: true, enabled: false });
}

function addNode(
  { api }: Host,
  workflowId: number,
  node: Record<string, unknown>,
): Promise<{ id: number; key: string }> {
  return api.action(`workflows/${workflowId}/nodes:create`, node);
}

function calls(host: Host, { secret, pushKey, orderKey }: Demo): DemoCalls {
  const payload = JSON.stringify(pushPayload(), null, 2);
  const file = join(host.dir, PAYLOAD_FILE);
  writeFileSync(file, payload);
  const signature = createHmac('sha256', secret).update(payload).digest('hex');
  const webhooks = `${host.url}${host.apiPath}webhooks/`;
  const pushUrl = `${webhooks}github-push`;
  const orderUrl = `${webhooks}orders/:orderId/total`;
  return {
    pushUrl: `${pushUrl}   (or ${webhooks}${pushKey})`,
    pushCurl: [
      `curl -i ${pushUrl}`,
      `-H 'Content-Type: application/json'`,
      `-H 'X-GitHub-Event: push'`,
      `-H 'X-GitHub-Delivery: '$(date +%s)`,
      `-H 'X-Hub-Signature-256: sha256=${signature}'`,
      `--data-binary '@${file}'`,
    ].join(' \\\n    '),
    orderUrl: `${orderUrl}   (or ${webhooks}${orderKey})`,
    orderCurl: `curl -i ${webhooks}orders/A-17/total -H 'Content-Type: application/json' -d '{"quantity": 3, "price": 7.5}'`,
  };
}

/** A real push, whole, as GitHub documents it: to a branch, with a commit. */
function pushPayload(): unknown {
  const payload = examples
    .filter(({ name }) => name === 'push')
    .flatMap((event) => event.examples as { ref: string; commits: unknown[] }[])
    .find(({ ref, commits }) => ref.startsWith('refs/heads/') && commits.length > 0);
  if (!payload) {
    throw new Error('@octokit/webhooks-examples has no push to a branch');
  }
  return payload;
}
