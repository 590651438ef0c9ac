import type { WebhookAuth } from '../../common/auth';
import { bodyWithoutCredentials, dataWithoutCredentials } from '../credentials/body';
import { headersForWorkflow } from '../credentials/headers';
import { withoutCredentials } from '../credentials/values';
import { bodyText } from '../parsers';
import { isBinaryData } from '../parsers/binary';
import { redactorOf } from '../redaction';
import type { Redactor } from '../redaction/Redactor';
import { namedValues } from '../templates/namedValues';
import type { Parsed, WebhookContext, WithEvent } from './types';

/**
 * Builds `$context`. Credentials are left out of it, wherever they stand: an execution's context is stored and shown.
 * Throws `INVALID_DATA` where variables with an alias stand for too much.
 */
export function buildContext(delivery: WithEvent): WebhookContext {
  const { endpoint, receivedAt, data, files, params, method, path, ip, deliveryId } = delivery;
  const { auth } = endpoint.config;
  const redactor = redactorOf(delivery);
  const request = {
    data: withoutTexts(dataWithoutCredentials(data, auth), redactor, auth),
    headers: redactor.value(headersForWorkflow(delivery.headers, endpoint.config)),
    query: redactor.value(withoutCredentials(delivery.query, 'query', auth)),
    params: redactor.value(params),
  };
  const context: WebhookContext = {
    ...request,
    vars: namedValues(endpoint.variables, request),
    method,
    path: redactor.text(path),
    ip,
    deliveryId,
    receivedAt: receivedAt.toISOString(),
    provider: auth.type === 'provider' ? auth.provider : null,
    event: delivery.event === null ? null : redactor.text(delivery.event),
    files: redactor.value(files),
  };
  return endpoint.config.body.keepRaw ? { ...context, rawBody: rawText(delivery, redactor) } : context;
}

/**
 * A body that is read as text or bytes is looked through as the body that it is. Bytes are shown in base64, where nothing
 * can be found; what looks like that may have been sent as it is.
 */
function withoutTexts(data: unknown, redactor: Redactor, auth: WebhookAuth): unknown {
  const shown = redactor.value(data);
  if (typeof shown === 'string') {
    const body = Buffer.from(shown);
    const kept = bodyWithoutCredentials(redactor.body(body), auth);
    return kept === body ? shown : kept.toString('utf8');
  }
  if (!isBinaryData(shown)) {
    return shown;
  }
  const bytes = Buffer.from(shown.base64, 'base64');
  const kept = bodyWithoutCredentials(redactor.body(bytes), auth);
  return kept === bytes ? shown : { ...shown, base64: kept.toString('base64'), size: kept.length };
}

/** Looked through as bytes and as text: what was sent may name a charset that it isn't in. */
function rawText({ endpoint, rawBody, headers, verification }: Parsed, redactor: Redactor): string {
  const { plaintext } = verification;
  const declared = plaintext?.body === rawBody ? plaintext.contentType : headers['content-type'];
  const kept = bodyWithoutCredentials(redactor.body(rawBody), endpoint.config.auth);
  return redactor.text(bodyText(kept, declared, endpoint.config.body));
}
