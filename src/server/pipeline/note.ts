import type { ErrorCode, WebhookError } from '../../common/errors';
import type { RecordedAnswer } from '../deliveries/model/delivery';
import { endedRow, isUnproven, responseBody, type Seen } from '../deliveries/model/rows';
import { refusal } from './refusal';
import type { Services } from './stage';
import type { Answer, EarlyAnswer, Received, Started } from './types';

/** A request, however far it came. */
type Traced = Received & Partial<Started>;

/**
 * Only counted: where the database or this process has more than enough to do, or somebody calls too often, noting that
 * down would make it worse.
 */
const ONLY_COUNTED: readonly ErrorCode[] = ['NOT_RECORDED', 'OVERLOADED', 'RATE_LIMITED'];

/** Notes what was answered and started nothing, such as a repeat or what the filter left out. */
export function noteEarlyAnswer(delivery: Traced, { answer, log }: EarlyAnswer, { deliveries }: Services): void {
  if (log && hasEndpoint(delivery)) {
    const row = endedRow(delivery, { ...log, responseStatus: answer.status });
    deliveries.note({ row, isUnproven: isUnproven(delivery) });
  }
}

/** Keeps what the caller of a sync webhook was answered, for repeats. */
export function noteAnswer({ deliveryId, run, result }: Traced, answer: Answer, { deliveries }: Services): void {
  if (run) {
    // That it wasn't done in time is for this caller alone: the next one is told what the run came to.
    deliveries.answered(told(deliveryId, answer, result?.kind !== 'runsOn'));
  }
}

/** Notes a refusal; of a delivery that was stored before, what its caller was answered. */
export function noteRefusal(delivery: Traced, refused: WebhookError, reason: string, services: Services): void {
  const { code, status } = refused;
  if (delivery.run) {
    services.deliveries.answered(told(delivery.deliveryId, refusal(refused), false));
  } else if (hasEndpoint(delivery) && delivery.endpoint.config.record.rejected) {
    if (ONLY_COUNTED.includes(code)) {
      services.deliveries.countUnrecorded(delivery.endpoint.key);
      return;
    }
    const row = endedRow(delivery, { status: 'rejected', reason: `${code}: ${reason}`, responseStatus: status });
    services.deliveries.note({ row, isUnproven: isUnproven(delivery) });
  }
}

/** What a caller was told. @param isOfRun whether the run said it, and repeats get it too */
function told(id: string, { status, headers, body }: Answer, isOfRun: boolean): RecordedAnswer {
  const kept = responseBody(body);
  return { id, status, headers: isOfRun ? headers : null, body: kept.responseBody, encoding: kept.responseEncoding };
}

function hasEndpoint(delivery: Traced): delivery is Traced & Seen {
  return delivery.endpoint !== undefined;
}
