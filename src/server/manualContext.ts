import { randomUUID } from 'node:crypto';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { resolveConfig } from '../common/config';
import { eventPlaces, eventText, eventTypes } from '../common/events';
import { parsePath } from '../common/path';
import { namedVariables } from '../common/requestVariables';
import { isRecord } from '../common/rules';
import { dataWithoutCredentials } from './credentials/body';
import { headersForWorkflow } from './credentials/headers';
import { withoutCredentials } from './credentials/values';
import type { WebhookContext } from './pipeline/types';
import { namedValues } from './templates/namedValues';

/**
 * The `$context` of a run that was started by hand: what was typed in, as a request with it would have it.
 * @param base path of all webhooks, with a slash at its end
 */
export function manualContext(workflow: WorkflowModel, values: Record<string, unknown>, base: string): WebhookContext {
  const config = resolveConfig(workflow.config);
  const { auth, methods, path, body } = config;
  const data = dataWithoutCredentials(values.data ?? null, auth);
  const request = {
    data,
    headers: headersForWorkflow(lowerCaseNames(values.headers), config),
    query: withoutCredentials(isRecord(values.query) ? values.query : {}, 'query', auth),
    params: withoutCredentials(texts(values.params), 'path', auth),
  };
  const context: WebhookContext = {
    ...request,
    vars: namedValues(namedVariables(config), request),
    method: typeof values.method === 'string' ? values.method : (methods[0] ?? 'POST'),
    path: base + calledPath(path, request.params, workflow.key),
    ip: '127.0.0.1',
    deliveryId: randomUUID(),
    receivedAt: new Date().toISOString(),
    files: [],
    provider: auth.type === 'provider' ? auth.provider : null,
    event: eventText(eventTypes(eventPlaces(config), request)),
  };
  return body.keepRaw ? { ...context, rawBody: typeof data === 'string' ? data : JSON.stringify(data) } : context;
}

/** The path as it would be called with these parameters; one of which nothing is told stands there by its name. */
function calledPath(path: string, params: Record<string, unknown>, key: string): string {
  const parsed = parsePath(path);
  if ('problem' in parsed || parsed.segments.length === 0) {
    return key;
  }
  const parts = parsed.segments.map((segment) => {
    if ('literal' in segment) {
      return encodeURIComponent(segment.literal);
    }
    const value = params[segment.param];
    // Half of a character can't be encoded, and becomes what stands for one.
    return typeof value === 'string' && value !== ''
      ? encodeURIComponent(Buffer.from(value).toString())
      : `:${segment.param}`;
  });
  return parts.join('/');
}

function lowerCaseNames(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(texts(value)).map(([name, text]) => [name.toLowerCase(), text]));
}

function texts(value: unknown): Record<string, string> {
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item ?? '')]))
    : {};
}
