import { EXECUTION_STATUS, type Processor } from '@nocobase/plugin-workflow';
import { WebhookError } from '../../common/errors';
import { buildContext } from './context';
import type { Parsed, Services, Started, WebhookContext } from './types';

/** Starts the workflow. Async: hands it over and goes on. Sync: waits for the run, within `syncTimeout`. */
export async function start(delivery: Parsed, services: Services): Promise<Started> {
  const context = buildContext(delivery);
  const run = delivery.endpoint.sync ? await runAndWait(delivery, context, services) : handOver(delivery, context, services);
  return { ...delivery, context, run };
}

function handOver({ endpoint, deliveryId }: Parsed, context: WebhookContext, { workflows }: Services): null {
  let refused: unknown;
  // The engine tells within this call, by `onTriggerFail`, that it takes nothing (it is stopping, or not up yet).
  void workflows.trigger(endpoint.workflow, context, {
    eventKey: deliveryId,
    onTriggerFail: (_workflow, _context, _options, error) => {
      refused = error;
    },
  });
  if (refused !== undefined) {
    throw new WebhookError('OVERLOADED', { reason: String(refused), headers: { 'retry-after': '5' } });
  }
  return null;
}

async function runAndWait(
  { endpoint, deliveryId }: Parsed,
  context: WebhookContext,
  { workflows }: Services,
): Promise<Processor> {
  const running = Promise.resolve(workflows.trigger(endpoint.workflow, context, { eventKey: deliveryId }));
  const processor = await within(endpoint.config.syncTimeout, running);
  if (!processor) {
    throw new WebhookError('WORKFLOW_FAILED', { reason: 'the workflow could not be started' });
  }
  const { id, status } = processor.execution;
  if (status === EXECUTION_STATUS.STARTED) {
    throw new WebhookError('WORKFLOW_TIMEOUT', { reason: `execution ${id} waits for something` });
  }
  if (status !== EXECUTION_STATUS.RESOLVED) {
    throw new WebhookError('WORKFLOW_FAILED', { reason: `execution ${id} ended with status ${status}` });
  }
  return processor;
}

/** What `promise` resolves to; past `milliseconds` it is left to itself and the caller is told. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new WebhookError('WORKFLOW_TIMEOUT', { reason: `not finished after ${milliseconds} ms` })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
