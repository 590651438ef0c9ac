import { providerAnswer } from '../reply/providerAnswer';
import type { Services } from './stage';
import { EarlyAnswer, type VerifiedDelivery } from './types';
import { because } from '../../common/reasons/reason';

/** Answers a provider's URL challenge; nothing is started. */
export async function handshake(
  delivery: VerifiedDelivery,
  { captured }: Services,
): Promise<VerifiedDelivery | EarlyAnswer> {
  const reply = delivery.verification.handshake;
  if (!reply) {
    return delivery;
  }
  if (reply.captureSecret !== undefined) {
    await captured.capture(delivery.endpoint, reply.captureSecret, delivery.ip);
  }
  return new EarlyAnswer(providerAnswer(reply), {
    status: 'ignored',
    reason: because('HANDSHAKE_ANSWERED', { kind: reply.kind }),
  });
}
