import { WebhookError, type ErrorDetail } from '../../common/errors';
import type { OtherForms } from '../schema/TwoForms';
import type { WithEvent } from './types';
import { because } from '../../common/reasons/reason';

/** The most errors that one answer lists. */
const MAX_ERRORS = 50;

/** Checks the request against the schemas that the webhook has. Nothing is changed: the workflow sees what was sent. */
export function validate(delivery: WithEvent): WithEvent {
  const { data, headers, query, params } = delivery.endpoint.schemas;
  const details: ErrorDetail[] = [
    ...(data ? data(delivery.data, formsOf(delivery)) : []),
    ...(headers?.(delivery.headers) ?? []),
    ...(query?.(delivery.query) ?? []),
    ...(params?.(delivery.params) ?? []),
  ].slice(0, MAX_ERRORS);
  if (details.length > 0) {
    const [{ path, message } = { path: '', message: '' }] = details;
    throw new WebhookError('INVALID_DATA', { reason: because('SCHEMA_VIOLATION', { path, message }), details });
  }
  return delivery;
}

/**
 * What parts of the body stand for beside what the workflow sees: numbers beyond 2^53 are their digits there, and a form's
 * empty field is null.
 */
function formsOf({ bigNumbers, format, endpoint }: WithEvent): OtherForms {
  const isForm = format === 'form' || format === 'multipart';
  return { numbers: bigNumbers, nullIsEmpty: isForm && endpoint.config.body.emptyAsNull };
}
