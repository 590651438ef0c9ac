import { bodyWithoutCredentials, dataWithoutCredentials, headersForWorkflow, withoutCredentials } from '../credentials';
import { bodyText } from '../parsers';
import type { Parsed, WebhookContext } from './types';

/** Builds `$context`. Credentials are left out of it: an execution's context is stored and shown. */
export function buildContext(delivery: Parsed): WebhookContext {
  const { endpoint, rawBody, receivedAt, data, files, params, method, path, ip, deliveryId } = delivery;
  const { auth } = endpoint.config;
  const context: WebhookContext = {
    data: dataWithoutCredentials(data, auth),
    headers: headersForWorkflow(delivery.headers, endpoint.config),
    query: withoutCredentials(delivery.query, 'query', auth),
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
    ? { ...context, rawBody: bodyText(bodyWithoutCredentials(rawBody, auth), delivery.headers['content-type']) }
    : context;
}
