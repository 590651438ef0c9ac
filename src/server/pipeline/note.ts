import type { ErrorCode, WebhookError } from '../../common/errors';
import { answerText, endedRow, isUnproven, type Seen } from '../deliveries/model/rows';
import { refusal } from './refusal';
import type { Services } from './stage';
import type { Answer, EarlyAnswer, Received, Stored } from './types';

/** A request, however far it came. */
type Traced = Received & Partial<Stored>;

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
export function noteAnswer({ deliveryId, run }: Traced, answer: Answer, { deliveries }: Services): void {
  if (run) {
    const { status, headers, body } = answer;
    deliveries.answered({ id: deliveryId, status, headers, body: answerText(body) });
  }
}

/** Notes a refusal; of a delivery that was stored before, what its caller was answered. */
export function noteRefusal(delivery: Traced, refused: WebhookError, services: Services): void {
  const { code, status, options } = refused;
  if (delivery.run) {
    // What this caller was told; the next one is told what the run came to.
    const { body } = refusal(refused);
    services.deliveries.answered({ id: delivery.deliveryId, status, headers: null, body: answerText(body) });
  } else if (hasEndpoint(delivery) && delivery.endpoint.config.record.rejected) {
    if (ONLY_COUNTED.includes(code)) {
      services.deliveries.countUnrecorded(delivery.endpoint.key);
      return;
    }
    const row = endedRow(delivery, { status: 'rejected', reason: options.reason, responseStatus: status });
    services.deliveries.note({ row, isUnproven: isUnproven(delivery) });
  }
}

function hasEndpoint(delivery: Traced): delivery is Traced & Seen {
  return delivery.endpoint !== undefined;
}
