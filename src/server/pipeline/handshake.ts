import { EarlyAnswer, type Services, type VerifiedDelivery } from './types';

/** Answers a provider's URL challenge; nothing is started. */
export async function handshake(
  delivery: VerifiedDelivery,
  { captureSecret }: Services,
): Promise<VerifiedDelivery | EarlyAnswer> {
  const reply = delivery.verification.handshake;
  if (!reply) {
    return delivery;
  }
  if (reply.captureSecret !== undefined) {
    await captureSecret(delivery.endpoint, reply.captureSecret);
  }
  return new EarlyAnswer({
    status: reply.status,
    headers: { ...reply.headers, ...(reply.contentType ? { 'content-type': reply.contentType } : {}) },
    body: reply.body ?? '',
  });
}
