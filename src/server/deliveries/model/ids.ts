import { randomInt } from 'node:crypto';
import { v7 } from 'uuid';

/** Comes before every delivery's id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** A new delivery id: a UUID version 7 (RFC 9562), so that ids sort by time of arrival, as the clock of the receiving instance tells it. */
export function newDeliveryId(): string {
  return v7();
}

/** When the delivery with this id arrived, in milliseconds since 1970: the id's first 48 bits. */
export function arrivalOf(id: string): number {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The event key of the execution of a delivery's attempt, from 1: `<id>`, then `<id>#2` and so on. */
export function eventKeyOf(deliveryId: string, attempt: number): string {
  return attempt > 1 ? `${deliveryId}#${attempt}` : deliveryId;
}

const EVENT_KEY = /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})(?:#[1-9][0-9]*)?$/;

/** The delivery that an execution with this event key is of; null: none. The engine's own keys are UUIDs of version 4. */
export function deliveryIdOf(eventKey: unknown): string | null {
  return typeof eventKey === 'string' ? (EVENT_KEY.exec(eventKey)?.[1] ?? null) : null;
}

/** NocoBase's ids of executions and jobs are a time, of which the lower bits tell instances and a counter: 21 bits and 22. */
const IDS_OF_A_MOMENT = 2 ** 20;

/** So much of an id fits a column of every database. */
const MAX_BITS = 62;

/**
 * An id in place of one that another row has, of the same moment. It is drawn at random: where a clock was set back, those
 * that the counter gives next are taken as well. In place of one that no column holds, one that it does.
 */
export function idBeside(id: bigint): bigint {
  const fitting = BigInt.asUintN(MAX_BITS, id);
  return fitting - (fitting % BigInt(IDS_OF_A_MOMENT)) + BigInt(randomInt(IDS_OF_A_MOMENT));
}

/** An id behind this one, by less than a few moments; of one that no column holds, see {@link idBeside}. */
export function idBehind(id: bigint): bigint {
  return idBeside(id + BigInt(IDS_OF_A_MOMENT));
}

/** Whether a column holds it: a clock that stands before NocoBase was installed gives ids that none does. */
export function isStorableId(id: bigint): boolean {
  return BigInt.asUintN(MAX_BITS, id) === id;
}
