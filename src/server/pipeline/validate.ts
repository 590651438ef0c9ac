import { WebhookError, type ErrorDetail } from '../../common/errors';
import type { Parsed } from './types';

/** The most errors that one answer lists. */
const MAX_ERRORS = 50;

/** Checks the request against the schemas that the webhook has. Nothing is changed: the workflow sees what was sent. */
export function validate(delivery: Parsed): Parsed {
  const { data, headers, query } = delivery.endpoint.schemas;
  const details: ErrorDetail[] = [
    ...(data?.(delivery.data) ?? []),
    ...(headers?.(delivery.headers) ?? []),
    ...(query?.(delivery.query) ?? []),
  ].slice(0, MAX_ERRORS);
  if (details.length > 0) {
    const [first] = details;
    throw new WebhookError('INVALID_DATA', { reason: `${first?.path} ${first?.message}`, details });
  }
  return delivery;
}
