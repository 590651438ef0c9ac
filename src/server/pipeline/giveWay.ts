import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bytes of a body that a stage is done with in a few milliseconds. */
const SMALL = 65_536;

/** Between stages that a large body makes long, whatever else waits for NocoBase's only thread has its turn. */
export function giveWay<Delivery extends { rawBody: Buffer }>(delivery: Delivery): Delivery | Promise<Delivery> {
  return delivery.rawBody.length <= SMALL ? delivery : nextTurn(delivery);
}
