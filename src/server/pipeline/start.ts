import { EXECUTION_STATUS, type Processor } from '@nocobase/plugin-workflow';
import { WebhookError } from '../../common/errors';
import { providerAnswer } from '../reply/providerAnswer';
import { REPLY_SLOT, ReplySlot } from '../reply/ReplySlot';
import { RunAnswer } from '../reply/RunAnswer';
import { enrich } from './enrich';
import { reportedPath } from './reportedPath';
import { outOfTime } from './outOfTime';
import type { Services } from './stage';
import type { RunResult, Started, Stored } from './types';

/** What a run of which the caller waits for the answer has to do with that. */
interface Waiting {
  running: Promise<Processor | null>;
  /** Where its nodes answer. */
  slot: ReplySlot;
  /** What it is answered with otherwise. */
  ending: RunAnswer;
}

/** Async: what is stored starts by itself. Sync: runs it, and waits for an answer or its end, within `syncTimeout`. */
export async function start(delivery: Stored, services: Services): Promise<Started> {
  const { run, deliveryId, endpoint, verification } = delivery;
  if (!run) {
    return enrich(delivery, { result: null });
  }
  const slot = new ReplySlot();
  const prescribed = verification.reply ? providerAnswer(verification.reply) : null;
  const ending = new RunAnswer(endpoint.config.response, services.files, prescribed);
  const running = services.deliveries
    .runNow(run, { [REPLY_SLOT]: slot }, (ended) => faultOf(ended, { slot, ending }))
    .catch((error: unknown) => {
      throw error instanceof WebhookError
        ? error
        : new WebhookError('WORKFLOW_FAILED', { reason: `the run of delivery ${run.id} broke off`, cause: error });
    });
  const waiting = { running, slot, ending };
  try {
    return enrich(delivery, { result: await resultOf(delivery, waiting, services) });
  } catch (error) {
    void keepLateAnswer(delivery, waiting, services);
    const answer = outOfTime(error, deliveryId, endpoint.config.syncTimeoutStatus);
    const result: RunResult = { kind: 'runsOn', answer };
    return enrich(delivery, { result });
  }
}

/**
 * Why a run that is about to be written down as ended has failed: what its response node had to say, or of one that came to
 * its end, that its answer can't be sent; null: nothing is known, or it hasn't.
 */
async function faultOf(run: Processor, { slot, ending }: Omit<Waiting, 'running'>): Promise<string | null> {
  if (run.execution.status !== EXECUTION_STATUS.RESOLVED) {
    return slot.fault;
  }
  if (slot.wasGiven) {
    return null;
  }
  const end = await ending.to(run);
  return end.hasFailed ? end.reason : null;
}

/**
 * What the run comes to answer when its caller is gone is what repeats are answered. It can be read off the execution as
 * long as that is there: a workflow may be set to keep none.
 */
async function keepLateAnswer(
  { deliveryId }: Stored,
  { running, slot, ending }: Waiting,
  { deliveries }: Services,
): Promise<void> {
  const run = await running.catch(() => null);
  if (run && run.execution.status !== EXECUTION_STATUS.STARTED) {
    const answer = slot.late ?? (await ending.to(run)).answer;
    if (answer) {
      await deliveries.answeredLate(deliveryId, answer);
    }
  }
}

/** What the caller can be answered with first: a response node's answer, or the end of the run. */
async function resultOf(
  delivery: Stored,
  { running, slot, ending }: Waiting,
  { deliveries, routes, report }: Services,
): Promise<RunResult> {
  const answered = slot.answered.then((answer) => ({ hasFailed: false as const, answer }));
  const { endpoint, deliveryId } = delivery;
  try {
    const end = await within(
      endpoint.config.syncTimeout,
      Promise.race([answered, running.then((run) => (slot.isAnswered ? answered : ending.to(ended(run))))]),
    );
    if (end.hasFailed) {
      // Whoever calls again because of the failure has to find it.
      await deliveries.isEndWritten(deliveryId);
      const reason = slot.fault ?? end.reason;
      if (!end.answer) {
        throw new WebhookError('WORKFLOW_FAILED', { reason });
      }
      report({ path: reportedPath(delivery, routes), code: 'WORKFLOW_FAILED', reason });
      return { kind: 'failed', answer: end.answer };
    }
    return { kind: 'succeeded', answer: end.answer };
  } finally {
    slot.close();
  }
}

function ended(run: Processor | null): Processor {
  if (!run) {
    throw new WebhookError('WORKFLOW_FAILED', { reason: 'the workflow could not be started' });
  }
  const { id, status } = run.execution;
  if (status === EXECUTION_STATUS.STARTED) {
    throw new WebhookError('WORKFLOW_TIMEOUT', { reason: `execution ${id} waits for something` });
  }
  return run;
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
