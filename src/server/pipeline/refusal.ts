import type { WebhookError } from '../../common/errors';
import type { Endpoint } from '../endpoints/Endpoint';
import { challengeFor } from '../verifiers/challengeFor';
import type { Answer } from './types';

/**
 * A refusal as the caller gets it: the code and its message, or all there is to say of the request, and nothing else.
 * @param endpoint the webhook that refuses, as far as one was found: every 401 says how to prove oneself to it
 */
export function refusal(
  { code, message, status, options }: WebhookError,
  endpoint?: Pick<Endpoint, 'auth' | 'key'>,
): Answer {
  const errors = options.details?.map((detail) => ({ code, ...detail })) ?? [{ code, message }];
  return {
    status,
    headers: {
      ...options.headers,
      ...(status === 401 && endpoint && { 'www-authenticate': challengeFor(endpoint.auth, endpoint.key) }),
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify({ errors }),
  };
}
