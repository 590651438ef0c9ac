import { orderKeyOf } from '../deliveries/model/order';
import { responseBody, rowOf } from '../deliveries/model/rows';
import type { DeliveryRow } from '../deliveries/model/delivery';
import { buildContext } from './context';
import { enrich } from './enrich';
import { giveWay } from './giveWay';
import { answerRepeat, repeatOf } from './repeat';
import { respond } from './respond';
import type { Services } from './stage';
import { EarlyAnswer, type Answer, type Deduped, type Stored } from './types';

/**
 * Stores the delivery: from here on it is safe, and nothing was acknowledged before. An async one waits in
 * the inbox to be started; of one whose caller waits, the execution is stored with it.
 */
export async function record(delivery: Deduped, services: Services): Promise<Stored | EarlyAnswer> {
  const { endpoint, dedupe } = delivery;
  const { deliveries } = services;
  const context = buildContext(delivery);
  // What an async caller is answered depends on the request alone: it is kept with it, for repeats.
  const answer = endpoint.sync
    ? null
    : await respond(enrich(delivery, { context, result: null, answer: null, run: null }), services);
  await giveWay(delivery);
  const orderKey = orderKeyOf(delivery, endpoint);
  const row = withWindow(rowOf(delivery, { status: 'received', orderKey, ...answerFields(answer) }), dedupe);
  const recorded = await deliveries[endpoint.sync ? 'recordStarted' : 'record']({
    row,
    endpoint,
    context,
    rule: dedupe,
  });
  if (recorded.original) {
    const { original } = recorded;
    return new EarlyAnswer(await answerRepeat(delivery, original, services), repeatOf(original, delivery));
  }
  return enrich(delivery, { context, answer, run: recorded.run });
}

function answerFields(answer: Answer | null): Partial<DeliveryRow> {
  return answer ? { responseStatus: answer.status, responseHeaders: answer.headers, ...responseBody(answer.body) } : {};
}

/** A row has to be there as long as repeats are to be known by it. */
function withWindow(row: DeliveryRow, dedupe: Deduped['dedupe']): DeliveryRow {
  if (!dedupe) {
    return row;
  }
  const expiresAt = new Date(Math.max(row.expiresAt.getTime(), row.receivedAt.getTime() + dedupe.windowMs));
  return { ...row, dedupeSlot: dedupe.slot, bodyDigest: dedupe.bodyDigest, expiresAt };
}
