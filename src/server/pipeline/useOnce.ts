import { toleranceOf } from '../../common/replayable';
import { WebhookError } from '../../common/errors';
import { findProvider } from '../../common/providers';
import { Sources } from '../verifiers/Sources';
import { enrich } from './enrich';
import type { Services } from './stage';
import { EarlyAnswer, type Answer, type VerifiedDelivery } from './types';
import { because } from '../../common/reasons/reason';

/** Milliseconds, beside what a caller may wait, after which a request is given up that was never settled. */
const PATIENCE = 60_000;

/** Seconds for which an id is remembered whose request could come at any time, as its time isn't checked. */
const UNBOUNDED = 30 * 86_400;

/**
 * Lets an id that a provider signed stand for one request: another body under it is refused, however well it is signed.
 * The same request again is told by the webhook's own dedupe where that goes by the provider's id; where it doesn't, or
 * its window is over, it starts nothing.
 */
export async function useOnce(delivery: VerifiedDelivery, services: Services): Promise<VerifiedDelivery | EarlyAnswer> {
  const { endpoint, rawBody } = delivery;
  const singleUse = singleUseId(delivery);
  if (!singleUse) {
    return delivery;
  }
  const { singleUseIds } = services;
  const { dedupe } = endpoint.config;
  const slot = singleUseIds.slotOf(endpoint.key, singleUse.id);
  const claimed = await stored(singleUseIds.claim(slot, rawBody, singleUse.seconds));
  if (claimed.kind === 'other') {
    throw new WebhookError('UNVERIFIED', { reason: because('SIGNED_ID_REUSED') });
  }
  if (claimed.kind === 'same') {
    const byDedupe = dedupe?.key === '';
    const isTaken = claimed.takenAt > 0;
    if (isTaken && !(byDedupe && Date.now() - claimed.takenAt < dedupe.window * 1_000)) {
      return new EarlyAnswer(NOTHING, { status: 'duplicate', reason: because('SIGNED_ID_TAKEN') });
    }
    const patience = PATIENCE + endpoint.config.syncTimeout;
    if (!isTaken && !byDedupe && !(await stored(singleUseIds.reclaim(slot, patience)))) {
      throw new WebhookError('OVERLOADED', {
        reason: because('NOT_TAKEN_NOW', { detail: 'same' }),
        headers: { 'retry-after': '30' },
      });
    }
  }
  return enrich(delivery, { singleUseSlot: slot });
}

/** Keeps what a request under such an id was answered; must not change the answer. */
export async function settleSingleUse(slot: string, status: number, { singleUseIds }: Services): Promise<void> {
  await singleUseIds.settle(slot, status < 400).catch(() => undefined);
}

/** The id, and how long a request with it can pass as far as its signed time goes; null: the provider signs none. */
function singleUseId({ endpoint, ...request }: VerifiedDelivery): { id: string; seconds: number } | null {
  const { auth } = endpoint;
  const place = auth.type === 'provider' ? findProvider(auth.provider)?.singleUseId : undefined;
  if (auth.type !== 'provider' || place === undefined) {
    return null;
  }
  const id = new Sources(request, {}).one(place);
  const tolerance = auth.tolerance ?? toleranceOf(auth.provider);
  // The signed time may lie ahead by as much as behind.
  return typeof id === 'string' ? { id, seconds: tolerance > 0 ? 2 * tolerance : UNBOUNDED } : null;
}

const NOTHING: Answer = { status: 200, headers: {}, body: '' };

async function stored<T>(pending: Promise<T>): Promise<T> {
  return pending.catch((cause: unknown) => {
    throw new WebhookError('NOT_RECORDED', {
      reason: because('NOT_TAKEN_NOW', { detail: 'database' }),
      cause,
      headers: { 'retry-after': '1' },
    });
  });
}
