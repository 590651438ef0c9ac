import { EXECUTION_STATUS, type Processor } from '@nocobase/plugin-workflow';
import { WebhookError } from '../../common/errors';
import { configured } from '../reply/answerOfRun';
import { REPLY_SLOT, ReplySlot } from '../reply/ReplySlot';
import { enrich } from './enrich';
import { reportedPath } from './reportedPath';
import type { Services } from './stage';
import type { RunResult, Started, Stored } from './types';
import { because } from '../../common/reasons/reason';
import { messageOf } from '../messageOf';
import { inEnglish } from '../../common/reasons/describe';
import { stateOf } from '../deliveries/execution/outcome';

/** Async: what is stored starts by itself. Sync: runs it, and waits for an answer or its end, within `syncTimeout`. */
export async function start(delivery: Stored, services: Services): Promise<Started> {
  const { run } = delivery;
  if (!run) {
    return enrich(delivery, { result: null });
  }
  const slot = new ReplySlot();
  const running = services.deliveries.runNow(run, { [REPLY_SLOT]: slot }).catch((error: unknown) => {
    throw new WebhookError('WORKFLOW_FAILED', {
      reason: because('RUN_BROKE_OFF', { error: messageOf(error) }),
      cause: error,
    });
  });
  try {
    return enrich(delivery, { result: await resultOf(delivery, running, slot, services) });
  } catch (error) {
    void keepLateAnswer(delivery, running, slot, services);
    throw error;
  }
}

/**
 * What the run comes to answer when its caller is gone is what repeats are answered. It can be read off the execution as
 * long as that is there: a workflow may be set to keep none.
 */
async function keepLateAnswer(
  { deliveryId, endpoint }: Stored,
  running: Promise<Processor | null>,
  slot: ReplySlot,
  { deliveries }: Services,
): Promise<void> {
  const run = await running.catch(() => null);
  if (run && run.execution.status !== EXECUTION_STATUS.STARTED) {
    const answer = slot.late ?? configured(run, endpoint.config.response);
    if (answer) {
      await deliveries.answeredLate(deliveryId, answer);
    }
  }
}

/** What the caller can be answered with first: a response node's answer, or the end of the run. */
async function resultOf(
  delivery: Stored,
  running: Promise<Processor | null>,
  slot: ReplySlot,
  { deliveries, report }: Services,
): Promise<RunResult> {
  const answered = slot.answered.then((answer): RunResult => ({ kind: 'answered', answer }));
  const { endpoint, deliveryId } = delivery;
  const { syncTimeout, response } = endpoint.config;
  try {
    const result = await within(syncTimeout, Promise.race([answered, running.then(ended)]));
    if (result.kind === 'failed') {
      // Whoever calls again because of the failure has to find it.
      await deliveries.isEndWritten(deliveryId);
      const reason = because('RUN_FAILED', { state: stateOf(result.run.execution.status) });
      if (!response.onFailure) {
        throw new WebhookError('WORKFLOW_FAILED', { reason });
      }
      report({ path: reportedPath(delivery), code: 'WORKFLOW_FAILED', reason: inEnglish(reason) });
    }
    return result;
  } finally {
    slot.close();
  }
}

function ended(run: Processor | null): RunResult {
  if (!run) {
    throw new WebhookError('WORKFLOW_FAILED', { reason: because('TRIGGER_REFUSED') });
  }
  const { id, status } = run.execution;
  if (status === EXECUTION_STATUS.STARTED) {
    throw new WebhookError('WORKFLOW_TIMEOUT', { reason: because('RUN_WAITS', { execution: String(id) }) });
  }
  return { kind: status === EXECUTION_STATUS.RESOLVED ? 'succeeded' : 'failed', run };
}

/** What `promise` resolves to; past `milliseconds` it is left to itself and the caller is told. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new WebhookError('WORKFLOW_TIMEOUT', { reason: because('RUN_TOOK_TOO_LONG', { milliseconds }) })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
