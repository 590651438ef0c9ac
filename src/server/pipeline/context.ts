import type { WebhookAuth } from '../../common/config';
import { bodyText } from '../parsers';
import type { Parsed, WebhookContext } from './types';

/** What stands in `$context` in place of a credential that has done its work. */
const REDACTED = '[redacted]';

/** Builds `$context`. The credential that was just verified is left out: an execution's context is stored and shown. */
export function buildContext(delivery: Parsed): WebhookContext {
  const { endpoint, rawBody, receivedAt, data, files, params, method, path, ip, deliveryId } = delivery;
  const { auth } = endpoint.config;
  const context: WebhookContext = {
    data,
    headers: redact(definedHeaders(delivery.headers), credentialIn(auth, 'header')),
    query: redact(delivery.query, credentialIn(auth, 'query')),
    params,
    method,
    path,
    ip,
    deliveryId,
    receivedAt: receivedAt.toISOString(),
    provider: auth.type === 'provider' ? auth.provider : null,
    files,
  };
  return endpoint.config.body.keepRaw
    ? { ...context, rawBody: bodyText(rawBody, delivery.headers['content-type']) }
    : context;
}

function definedHeaders(headers: Parsed['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined),
  );
}

/** Name of the header or query parameter that holds the webhook's own credential; null: there is none. */
function credentialIn(auth: WebhookAuth, place: 'header' | 'query'): string | null {
  if (auth.type === 'basic') {
    return place === 'header' ? 'authorization' : null;
  }
  if (auth.type === 'token' && auth.in === place) {
    return place === 'header' ? auth.name.toLowerCase() : auth.name;
  }
  return null;
}

function redact<T extends Record<string, unknown>>(values: T, name: string | null): T {
  return name !== null && Object.hasOwn(values, name) ? { ...values, [name]: REDACTED } : values;
}
