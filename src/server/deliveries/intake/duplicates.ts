import { setTimeout as delay } from 'node:timers/promises';
import { OPEN_STATUSES } from '../../../common/deliveries';
import type { OriginalDelivery } from '../model/delivery';
import { arrivalOf } from '../model/ids';
import type { DeliveryStore } from '../store/DeliveryStore';

/** How often a duplicate looks whether its original has been answered, in milliseconds. */
const POLL_MS = 200;

/** The delivery that holds a dedupe slot, if its window of so many milliseconds lasts still. */
export async function slotHolder(
  slot: string,
  windowMs: number,
  store: DeliveryStore,
): Promise<OriginalDelivery | null> {
  const holder = (await store.slotHolders([slot])).get(slot);
  return holder && Date.now() - arrivalOf(holder.id) < windowMs ? holder : null;
}

/** What a delivery's caller was answered, once that is known or its run is over; null: not in so many milliseconds. */
export async function answerTo(
  original: OriginalDelivery,
  milliseconds: number,
  store: DeliveryStore,
): Promise<OriginalDelivery | null> {
  const deadline = Date.now() + milliseconds;
  let seen: OriginalDelivery | null = original;
  while (seen && seen.responseStatus === null && OPEN_STATUSES.includes(seen.status)) {
    const left = deadline - Date.now();
    if (left <= 0) {
      return null;
    }
    await delay(Math.min(left, POLL_MS));
    seen = await store.original(original.id);
  }
  return seen;
}
