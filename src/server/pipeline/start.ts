import { EXECUTION_STATUS, type Processor } from '@nocobase/plugin-workflow';
import { WebhookError } from '../../common/errors';
import { REPLY_SLOT, ReplySlot } from '../reply/ReplySlot';
import { buildContext } from './context';
import type { Parsed, RunResult, Services, Started, WebhookContext } from './types';

/** Starts the workflow. Async: hands it over and goes on. Sync: waits for an answer or the run's end, within `syncTimeout`. */
export async function start(delivery: Parsed, services: Services): Promise<Started> {
  const context = buildContext(delivery);
  const slot = delivery.endpoint.sync ? new ReplySlot() : null;
  const running = trigger(delivery, context, slot, services);
  return { ...delivery, context, result: slot ? await resultOf(delivery, running, slot, services) : null };
}

/** Hands the run to the engine, which tells by `onTriggerFail` that it takes nothing: it is stopping, or not up yet. */
function trigger(
  { endpoint, deliveryId }: Parsed,
  context: WebhookContext,
  slot: ReplySlot | null,
  { workflows }: Services,
): Promise<Processor | null> {
  let refused: unknown;
  const refuseIfNotTaken = () => {
    if (refused !== undefined) {
      throw new WebhookError('OVERLOADED', { reason: String(refused), headers: { 'retry-after': '5' } });
    }
  };
  const running = workflows.trigger(endpoint.workflow, context, {
    eventKey: deliveryId,
    onTriggerFail: (_workflow, _context, _options, error) => {
      refused = error ?? 'the workflow engine takes nothing';
    },
    ...(slot ? { [REPLY_SLOT]: slot } : {}),
  });
  refuseIfNotTaken();
  return Promise.resolve(running).then((run) => {
    refuseIfNotTaken();
    return run ?? null;
  });
}

/** What the caller can be answered with first: a response node's answer, or the end of the run. */
async function resultOf(
  { endpoint, target }: Parsed,
  running: Promise<Processor | null>,
  slot: ReplySlot,
  { report }: Services,
): Promise<RunResult> {
  const answered = slot.answered.then((answer): RunResult => ({ kind: 'answered', answer }));
  const { syncTimeout, response } = endpoint.config;
  try {
    const result = await within(syncTimeout, Promise.race([answered, running.then(ended)]));
    if (result.kind === 'failed') {
      const reason = `execution ${result.run.execution.id} ended with status ${result.run.execution.status}`;
      if (!response.onFailure) {
        throw new WebhookError('WORKFLOW_FAILED', { reason });
      }
      report({ path: target.path, code: 'WORKFLOW_FAILED', reason });
    }
    return result;
  } finally {
    slot.close();
  }
}

function ended(run: Processor | null): RunResult {
  if (!run) {
    throw new WebhookError('WORKFLOW_FAILED', { reason: 'the workflow could not be started' });
  }
  const { id, status } = run.execution;
  if (status === EXECUTION_STATUS.STARTED) {
    throw new WebhookError('WORKFLOW_TIMEOUT', { reason: `execution ${id} waits for something` });
  }
  return { kind: status === EXECUTION_STATUS.RESOLVED ? 'succeeded' : 'failed', run };
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
