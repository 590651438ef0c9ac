import { v7 } from 'uuid';

/** Comes before every delivery's id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** A new delivery id: a UUID version 7 (RFC 9562), so that ids sort by time of arrival. */
export function newDeliveryId(): string {
  return v7();
}

/** When the delivery with this id arrived, in milliseconds since 1970: the id's first 48 bits. */
export function arrivalOf(id: string): number {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Whether an execution's event key can be a delivery's id. The engine's own are of version 4. */
export function isDeliveryId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);
}
