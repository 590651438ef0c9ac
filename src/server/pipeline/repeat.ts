import { WebhookError } from '../../common/errors';
import type { OriginalDelivery } from '../deliveries/model/delivery';
import { answerOf } from '../reply/answerOf';
import { answerOfRun } from '../reply/answerOfRun';
import { providerAnswer } from '../reply/providerAnswer';
import { requestScope } from '../templates/scope';
import { buildContext } from './context';
import type { Services } from './stage';
import type { Answer, Deduped, LogEntry } from './types';
import { because } from '../../common/reasons/reason';

/** How a repeat goes into the log. */
export function repeatOf(first: OriginalDelivery, delivery: Deduped): LogEntry {
  const code = hasOtherBody(delivery, first) ? 'REPEAT_WITH_OTHER_BODY' : 'REPEAT';
  return { status: 'duplicate', reason: because(code, { delivery: first.id }) };
}

/**
 * What a repeat is answered: what its first was answered. A first that still runs is waited for where the
 * caller waits anyway, up to `syncTimeout`; an async webhook's answer is there from the start. Throws
 * `IDEMPOTENCY_KEY_REUSED` for one whose key stands for one call, and came with another body.
 */
export async function answerRepeat(delivery: Deduped, first: OriginalDelivery, services: Services): Promise<Answer> {
  const isOther = hasOtherBody(delivery, first);
  if (isOther && delivery.dedupe?.otherBody === 'refused') {
    throw new WebhookError('IDEMPOTENCY_KEY_REUSED', { reason: because('KEY_REUSED', { delivery: first.id }) });
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
  const { syncTimeout, response } = endpoint.config;
  const seen = endpoint.sync ? await services.deliveries.answerTo(first, syncTimeout) : first;
  if (!seen) {
    throw new WebhookError('WORKFLOW_TIMEOUT', { reason: because('FIRST_RUNS_STILL', { delivery: first.id }) });
  }
  if (seen.answer) {
    return seen.answer;
  }
  if (!endpoint.sync) {
    // It hangs on the request alone, and was too long to be kept.
    return answerOf(response, requestScope(buildContext(delivery), services));
  }
  // Its caller had gone, or NocoBase ended in between.
  return (await answerOfEnded(seen, services)) ?? refuseEnded(seen);
}

function answerOfEnded({ executionId }: OriginalDelivery, { workflows }: Services): Promise<Answer | null> {
  return executionId === null ? Promise.resolve(null) : answerOfRun(executionId, workflows);
}

function refuseEnded({ id, status }: OriginalDelivery): never {
  if (status !== 'succeeded') {
    throw new WebhookError('WORKFLOW_FAILED', { reason: because('FIRST_NOT_SUCCEEDED', { delivery: id }) });
  }
  throw new WebhookError('WORKFLOW_TIMEOUT', {
    reason: because('FIRST_ANSWER_GONE', { delivery: id }),
  });
}
