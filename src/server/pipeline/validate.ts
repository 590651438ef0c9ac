import { WebhookError, type ErrorDetail } from '../../common/errors';
import type { OtherForm } from '../schema/otherForm';
import type { Parsed } from './types';

/** The most errors that one answer lists. */
const MAX_ERRORS = 50;

/** A whole number beyond 2^53, as it arrives where the webhook wants its digits. */
const BIG_INTEGER = /^-?[1-9]\d{15,399}$/;

/**
 * In what other form values are looked at where a schema asks for another type: a number beyond 2^53 arrives as its
 * digits, and a form's empty field, whose text a schema may know, as null.
 */
function otherFormIn({ format, endpoint }: Parsed): OtherForm {
  const { bigNumbers, emptyAsNull } = endpoint.config.body;
  const isForm = format === 'form' || format === 'multipart';
  return (value) => {
    if (value === null && isForm && emptyAsNull) {
      return '';
    }
    return bigNumbers === 'text' && typeof value === 'string' && BIG_INTEGER.test(value) ? Number(value) : undefined;
  };
}

/** Checks the request against the schemas that the webhook has. Nothing is changed: the workflow sees what was sent. */
export function validate(delivery: Parsed): Parsed {
  const { data, headers, query } = delivery.endpoint.schemas;
  const details: ErrorDetail[] = [
    ...(data?.(delivery.data, otherFormIn(delivery)) ?? []),
    ...(headers?.(delivery.headers) ?? []),
    ...(query?.(delivery.query) ?? []),
  ].slice(0, MAX_ERRORS);
  if (details.length > 0) {
    const [first] = details;
    throw new WebhookError('INVALID_DATA', { reason: `${first?.path} ${first?.message}`, details });
  }
  return delivery;
}
