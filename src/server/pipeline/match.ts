import { WebhookError } from '../../common/errors';
import { enrich } from './enrich';
import type { Services } from './stage';
import type { Matched, Received } from './types';
import { because } from '../../common/reasons/reason';

/** Finds the webhooks that have this URL. */
export function match(delivery: Received, { routes }: Services): Matched {
  const { path, keyOnly } = delivery.target;
  if (keyOnly) {
    const endpoint = routes.findKey(path);
    if (!endpoint) {
      throw new WebhookError('WEBHOOK_NOT_FOUND', { reason: because('WEBHOOK_NOT_FOUND') });
    }
    return enrich(delivery, { candidates: [{ endpoint, params: {} }] });
  }
  const candidates = routes.find(path);
  if (candidates.length === 0) {
    throw new WebhookError('WEBHOOK_NOT_FOUND', { reason: because('WEBHOOK_NOT_FOUND') });
  }
  return enrich(delivery, { candidates });
}
