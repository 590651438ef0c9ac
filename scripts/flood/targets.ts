import { createHmac } from 'node:crypto';
import type { WebhookConfigInput } from '../../src/common/config';
import type { Host } from '../host';

/** Webhooks that strangers go for when they go for many. */
const MANY = 30;
const SECRET = 's3cret';
const SIGNED: WebhookConfigInput['auth'] = { type: 'provider', provider: 'github', secrets: [SECRET] };

export interface Targets {
  /** Path of a webhook that verifies its callers. */
  one: string;
  many: string[];
  /** Path of one that verifies nobody, and lets its caller wait for a workflow that takes 20 s. */
  open: string;
  /** A signed call to a webhook that is none of these; the status of its answer. */
  trueCall(number: number): Promise<number>;
}

export async function createTargets(host: Host): Promise<Targets> {
  const create = async (title: string, config: WebhookConfigInput, sync = false) => {
    const workflow = await host.api.action<{ id: number; key: string }>('workflows:create', {
      title,
      type: 'webhook',
      sync,
      enabled: true,
      current: true,
      config,
    });
    return { ...workflow, path: `${host.apiPath}webhooks/${workflow.key}` };
  };
  const many: string[] = [];
  for (let number = 0; number < MANY; number++) {
    many.push((await create(`target ${number}`, { auth: SIGNED })).path);
  }
  const open = await create('open', { syncTimeout: 20_000 }, true);
  await host.api.action(`workflows/${open.id}/nodes:create`, {
    type: 'delay',
    title: 'wait',
    config: { duration: 20, unit: 1_000, endStatus: 1 },
  });
  const other = await create('other', { auth: SIGNED });
  const trueCall = async (number: number): Promise<number> => {
    const body = JSON.stringify({ number });
    const signature = createHmac('sha256', SECRET).update(body).digest('hex');
    const answer = await fetch(`${host.url}${other.path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': `sha256=${signature}`,
        'x-github-delivery': `${Date.now()}-${number}`,
      },
      body,
      // A connection that is kept would show less.
      keepalive: false,
      signal: AbortSignal.timeout(20_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  return { one: many[0] ?? '', many, open: open.path, trueCall };
}
