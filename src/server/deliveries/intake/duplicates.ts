import { setTimeout as delay } from 'node:timers/promises';
import { FAILED_STATUSES, OPEN_STATUSES, type FailedRepeatPolicy } from '../../../common/deliveries';
import type { OriginalDelivery } from '../model/delivery';
import { arrivalOf } from '../model/ids';
import type { DeliveryStore } from '../store/DeliveryStore';

/** How often a duplicate looks whether its original has been answered, in milliseconds. */
const POLL_MS = 200;

/** What a delivery's repeats are told by, as the webhook is set. */
export interface DuplicateRule {
  /** Milliseconds for which a dedupe slot keeps repeats out. */
  windowMs: number;
  onFailed: FailedRepeatPolicy;
}

/** Whether a delivery that comes at this time is no repeat of the one that holds its slot, and takes the slot over. */
export function takesSlotOver(holder: OriginalDelivery, { windowMs, onFailed }: DuplicateRule, now: number): boolean {
  const hasFailed = FAILED_STATUSES.includes(holder.status);
  return now - arrivalOf(holder.id) >= windowMs || (hasFailed && onFailed === 'rerun');
}

/** The delivery that holds a dedupe slot, if what comes now is a repeat of it. */
export async function slotHolder(
  slot: string,
  rule: DuplicateRule,
  store: DeliveryStore,
): Promise<OriginalDelivery | null> {
  const holder = (await store.slotHolders([slot])).get(slot);
  return holder && !takesSlotOver(holder, rule, Date.now()) ? holder : null;
}

/**
 * What a delivery's caller was answered, once that is known or its run is over; null: not in so many milliseconds. One that
 * is tried again is not over before its last attempt, and what its first caller was told is not its answer.
 */
export async function answerTo(
  original: OriginalDelivery,
  milliseconds: number,
  store: DeliveryStore,
): Promise<OriginalDelivery | null> {
  const deadline = Date.now() + milliseconds;
  let seen = answerable(original);
  while (seen && seen.answer === null && OPEN_STATUSES.includes(seen.status)) {
    const left = deadline - Date.now();
    if (left <= 0) {
      return null;
    }
    await delay(Math.min(left, POLL_MS));
    seen = answerable(await store.original(original.id));
  }
  return seen;
}

function answerable(original: OriginalDelivery | null): OriginalDelivery | null {
  return original?.isRetried && original.isAnswerOfCaller ? { ...original, answer: null } : original;
}
