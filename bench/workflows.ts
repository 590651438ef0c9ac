import { createHmac } from 'node:crypto';
import type { WebhookConfigInput } from '../src/common/config';
import type { Call } from './load/closedLoop';
import type { Stage } from './Stage';

interface Workflow {
  id: number;
  key: string;
}

const SECRET = 'a secret of the usual length';

/** 230 bytes, about what a small provider event takes. */
export const PAYLOAD = JSON.stringify({
  action: 'opened',
  number: 4711,
  repository: { id: 1296269, full_name: 'octocat/hello-world', private: false },
  sender: { id: 1, login: 'octocat', type: 'User' },
  title: 'A request of the size that a usual event of a provider has',
});

/** A call of a webhook, with what its verification wants. */
export interface Webhook {
  key: string;
  call: Call;
}

export interface WebhookOptions {
  config?: WebhookConfigInput;
  sync?: boolean;
  /** Calculation nodes, one behind the other. */
  nodes?: number;
  body?: string | Buffer;
}

/** The provider whose signature is measured: HMAC-SHA256 over the body. */
export const GITHUB: WebhookConfigInput = { auth: { type: 'provider', provider: 'github', secrets: [SECRET] } };

/** An enabled webhook of ours, and the call that it accepts. */
export async function createWebhook(
  stage: Stage,
  { config = {}, sync = false, nodes = 0, body = PAYLOAD }: WebhookOptions = {},
): Promise<Webhook> {
  const { key } = await createWorkflow(stage, { type: 'webhook', sync, config }, nodes);
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  return { key, call: { url: webhookUrl(stage, key), method: 'POST', headers, body } };
}

export function webhookUrl({ host }: Stage, path: string): string {
  return `${host.url}${host.apiPath}webhooks/${path}`;
}

/** An enabled workflow that NocoBase's own `workflows:trigger` starts: what there is without a webhook plugin. */
export async function createOwn(
  stage: Stage,
  { sync = false, nodes = 0 }: Pick<WebhookOptions, 'sync' | 'nodes'> = {},
): Promise<Webhook> {
  const { key } = await createWorkflow(stage, { type: 'custom-action', sync, config: { type: 0 } }, nodes);
  const { url, apiPath, api } = stage.host;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await api.signIn()}` };
  return {
    key,
    call: { url: `${url}${apiPath}workflows:trigger?triggerWorkflows=${key}`, method: 'POST', headers, body: PAYLOAD },
  };
}

async function createWorkflow({ host }: Stage, values: object, nodes: number): Promise<Workflow> {
  const workflow = await host.api.action<Workflow>('workflows:create', {
    title: 'bench',
    current: true,
    enabled: false,
    ...values,
  });
  let upstreamId: number | null = null;
  for (let n = 1; n <= nodes; n++) {
    const node: { id: number } = await host.api.action(`workflows/${workflow.id}/nodes:create`, {
      type: 'calculation',
      title: `calculation ${n}`,
      upstreamId,
      config: { engine: 'formula.js', expression: `{{$context.data.number}} * ${n}` },
    });
    upstreamId = node.id;
  }
  await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
  return workflow;
}
