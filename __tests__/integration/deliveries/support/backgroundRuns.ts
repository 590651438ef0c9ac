import type { WebhookConfigInput } from '../../../../src/common/config';
import type { TestHost } from '../../../support/hosts';
import { addNode, createWebhook, waitFor } from '../../../support/workflows';
import { told } from '../../../support/reasons';

/** In milliseconds. */
export const SETTLE_MS = 60_000;

/** A node that waits for longer than a test. */
export const HOUR = { type: 'delay', config: { unit: 3_600_000, duration: 1, endStatus: 1 } };

export interface DeliveryRecord {
  id: string;
  status: string;
  reason: string | null;
  executionId: number | null;
  finishedAt: string | null;
  nextAttemptAt: string | null;
}

/** What a test asks of a host's webhooks whose runs nobody waits for. */
export function backgroundRuns({ api }: Pick<TestHost, 'api'>) {
  const listed = (key: string) =>
    api
      .get<DeliveryRecord[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id', pageSize: 200 })
      .then(told);
  return {
    /** An async webhook with these nodes, one behind the other; its key. */
    async webhook(config: WebhookConfigInput, nodes: Parameters<typeof addNode>[2][]): Promise<string> {
      const workflow = await createWebhook(api, config, { enabled: false });
      let upstreamId: number | undefined;
      for (const node of nodes) {
        ({ id: upstreamId } = await addNode(api, workflow, { upstreamId, ...node }));
      }
      await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
      return workflow.key;
    },

    /** A webhook's deliveries, in order of arrival. */
    listed,

    /** Those in a status, once there are so many. */
    inStatus: (key: string, status: string, count: number) =>
      waitFor(`${count} ${status} deliveries of ${key}`, SETTLE_MS, async () => {
        const rows = (await listed(key)).filter((row) => row.status === status);
        return rows.length >= count && rows;
      }),

    /** Ends the wait of a delivery's run, as a person does. */
    async endWait(delivery: DeliveryRecord | undefined): Promise<void> {
      const executionId = delivery?.executionId;
      const job = await waitFor(`the wait of execution ${executionId}`, SETTLE_MS, async () => {
        const execution = await api.get<{ jobs: { id: string; status: number }[] }>('executions:get', {
          filterByTk: String(executionId),
          'appends[]': 'jobs',
        });
        return execution.jobs.find(({ status }) => status === 0);
      });
      await api.action('jobs:resume', { status: 1 }, { filterByTk: String(job.id) });
    },
  };
}
