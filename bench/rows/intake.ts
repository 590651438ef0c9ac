import { randomUUID } from 'node:crypto';
import type { WebhookConfigInput } from '../../src/common/config';
import { measured, throughput } from '../measure';
import { NOOP_AT_LOGGER_PATH, NOOP_IN_APP_PATH, NOOP_PATH, READER_PATH } from '../plugin/paths';
import type { Call } from '../load/closedLoop';
import type { Stage } from '../Stage';
import type { Row } from '../types';
import { createOwn, createWebhook, GITHUB, PAYLOAD, type WebhookOptions } from '../workflows';

/** Every stage that a delivery can go through, and each lets it pass. */
const EVERYTHING: WebhookConfigInput = {
  ...GITHUB,
  dedupe: { key: 'header:x-github-delivery', window: 86_400 },
  body: {
    schema: {
      type: 'object',
      required: ['action', 'number', 'repository'],
      properties: {
        action: { type: 'string', enum: ['opened', 'closed'] },
        number: { type: 'integer', minimum: 1 },
        repository: { type: 'object', required: ['full_name'], properties: { full_name: { type: 'string' } } },
      },
    },
  },
  filter: {
    group: { type: 'and', calculations: [{ calculator: 'equal', operands: ['{{$context.data.action}}', 'opened'] }] },
  },
};

/** Closed-loop throughput of what `make` sets up, from the same beginning as every other row. */
function closedLoopRow(id: string, title: string, make: (stage: Stage) => Promise<Call> | Call): Row {
  return {
    id,
    title,
    async run(stage) {
      await stage.reset();
      return [throughput(id, title, await measured(await make(stage), stage.effort))];
    },
  };
}

const ours = (options: WebhookOptions) => async (stage: Stage) => (await createWebhook(stage, options)).call;

const post = (url: string): Call => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: PAYLOAD,
});

export const INTAKE: Row[] = [
  closedLoopRow('1', 'gateway floor: `GET /api/__health_check`', ({ host }) => ({
    url: `${host.url}${host.apiPath}__health_check`,
  })),
  closedLoopRow('2', 'a no-op at our mount point in the gateway', ({ host }) => post(`${host.url}${NOOP_PATH}`)),
  closedLoopRow('2r', 'the same, which reads the body and makes one HMAC', ({ host }) =>
    post(`${host.url}${READER_PATH}`),
  ),
  closedLoopRow('2a', 'a no-op middleware at our mount point in the app', ({ host }) =>
    post(`${host.url}${NOOP_IN_APP_PATH}`),
  ),
  closedLoopRow('2l', "a no-op middleware right before NocoBase's logger", ({ host }) =>
    post(`${host.url}${NOOP_AT_LOGGER_PATH}`),
  ),
  closedLoopRow('3', 'our async webhook, no verification', ours({})),
  closedLoopRow('4', 'our async webhook, GitHub HMAC', ours({ config: GITHUB })),
  closedLoopRow('4p', 'the same, paused: stored and answered, nothing run meanwhile', async (stage) => {
    const { key, call } = await createWebhook(stage, { config: GITHUB });
    await stage.host.api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    return call;
  }),
  closedLoopRow('5', 'our async webhook, HMAC + dedupe + schema + filter', async (stage) => ({
    ...(await createWebhook(stage, { config: EVERYTHING })).call,
    // Each one is new: repeats would be cheaper.
    vary: (request) => ({ ...request, headers: { ...request.headers, 'x-github-delivery': randomUUID() } }),
  })),
  closedLoopRow(
    '6',
    "NocoBase's own async `workflows:trigger`, not durable",
    async (stage) => (await createOwn(stage)).call,
  ),
  closedLoopRow(
    '7',
    "NocoBase's own sync `workflows:trigger`",
    async (stage) => (await createOwn(stage, { sync: true })).call,
  ),
  closedLoopRow('8', 'our sync webhook', ours({ sync: true })),
];
