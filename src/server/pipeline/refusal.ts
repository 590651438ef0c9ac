import type { WebhookError } from '../../common/errors';
import type { Answer } from './types';

/** A refusal as the caller gets it: the code and its message, or all there is to say of the request, and nothing else. */
export function refusal({ code, message, status, options }: WebhookError): Answer {
  const errors = options.details?.map((detail) => ({ code, ...detail })) ?? [{ code, message }];
  return {
    status,
    headers: { ...options.headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ errors }),
  };
}
