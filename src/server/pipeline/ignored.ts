import { providerAnswer } from '../reply/providerAnswer';
import { EarlyAnswer, type VerifiedDelivery } from './types';
import type { Reason } from '../../common/reasons/reason';

const IGNORED = {
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ ignored: true }),
};

/**
 * The answer to a delivery that the webhook is not to start for, as its provider prescribes it or else 200.
 * @param reason for the log
 */
export function ignored({ verification }: VerifiedDelivery, reason: Reason): EarlyAnswer {
  const { reply } = verification;
  return new EarlyAnswer(reply ? providerAnswer(reply) : IGNORED, { status: 'ignored', reason });
}
