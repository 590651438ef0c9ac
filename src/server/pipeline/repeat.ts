import { WebhookError } from '../../common/errors';
import type { OriginalDelivery } from '../deliveries/model/delivery';
import { answerOfKept } from '../deliveries/model/rows';
import { UnsendableAnswer } from '../reply/answer/UnsendableAnswer';
import { answerOfRun } from '../reply/answerOfRun';
import { providerAnswer } from '../reply/providerAnswer';
import { buildContext } from './context';
import { outOfTime } from './outOfTime';
import { configuredAnswer } from './respond';
import type { Services } from './stage';
import type { Answer, Deduped, LogEntry } from './types';

/** How a repeat goes into the log. */
export function repeatOf(first: OriginalDelivery, delivery: Deduped): LogEntry {
  const other = hasOtherBody(delivery, first) ? ', with another body' : '';
  return { status: 'duplicate', reason: `repeat of ${first.id}${other}` };
}

/**
 * What a repeat is answered: what its first was answered. A first that still runs is waited for where the
 * caller waits anyway, up to `syncTimeout`; an async webhook's answer is there from the start. Throws
 * `IDEMPOTENCY_KEY_REUSED` for one whose key stands for one call, and came with another body.
 */
export async function answerRepeat(delivery: Deduped, first: OriginalDelivery, services: Services): Promise<Answer> {
  const isOther = hasOtherBody(delivery, first);
  if (isOther && delivery.dedupe?.otherBody === 'refused') {
    throw new WebhookError('IDEMPOTENCY_KEY_REUSED', { reason: `${first.id} came with the same key and another body` });
  }
  const answer = await answerOfFirst(delivery, first, services);
  // Whoever has another body, and is known by nothing but a key that can be guessed, need not be who sent the first.
  return isOther && delivery.endpoint.config.auth.type === 'none' ? { ...answer, headers: {}, body: '' } : answer;
}

function hasOtherBody({ dedupe }: Deduped, { bodyDigest }: OriginalDelivery): boolean {
  return dedupe !== null && bodyDigest !== null && bodyDigest !== dedupe.bodyDigest;
}

async function answerOfFirst(delivery: Deduped, first: OriginalDelivery, services: Services): Promise<Answer> {
  const { endpoint, verification } = delivery;
  if (verification.reply) {
    return providerAnswer(verification.reply);
  }
  try {
    return await whatItCameTo(delivery, first, services);
  } catch (error) {
    return outOfTime(error, first.id, endpoint.config.syncTimeoutStatus);
  }
}

async function whatItCameTo(delivery: Deduped, first: OriginalDelivery, services: Services): Promise<Answer> {
  const { endpoint } = delivery;
  const { syncTimeout } = endpoint.config;
  const seen = endpoint.sync ? await services.deliveries.answerTo(first, syncTimeout) : first;
  if (!seen) {
    throw new WebhookError('WORKFLOW_TIMEOUT', { reason: `${first.id}, which this repeats, runs still` });
  }
  if (seen.answer) {
    return answerOfKept(seen.answer);
  }
  if (!endpoint.sync) {
    // It hangs on the request alone, and was too long to be kept.
    return configuredAnswer(endpoint, buildContext(delivery), services);
  }
  // Its caller had gone, or NocoBase ended in between.
  return (await answerOfEnded(seen, services)) ?? refuseEnded(seen);
}

async function answerOfEnded(
  { executionId }: OriginalDelivery,
  { workflows, files }: Services,
): Promise<Answer | null> {
  try {
    return executionId === null ? null : await answerOfRun(executionId, workflows, files);
  } catch (cause) {
    throw cause instanceof UnsendableAnswer ? new WebhookError('WORKFLOW_FAILED', { reason: cause.message }) : cause;
  }
}

function refuseEnded({ id, status }: OriginalDelivery): never {
  if (status !== 'succeeded') {
    throw new WebhookError('WORKFLOW_FAILED', { reason: `${id}, which this repeats, ended as ${status}` });
  }
  throw new WebhookError('WORKFLOW_TIMEOUT', {
    reason: `the answer of ${id}, which this repeats, is gone with its execution`,
  });
}
