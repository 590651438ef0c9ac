import { randomUUID } from 'node:crypto';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { resolveConfig } from '../common/config';
import { isRecord } from '../common/rules';
import type { WebhookContext } from './pipeline/types';

/** The `$context` of a run that was started by hand: what was typed in, the rest as a request would have it. */
export function manualContext(workflow: WorkflowModel, values: Record<string, unknown>): WebhookContext {
  const { auth, methods, path, body } = resolveConfig(workflow.config);
  const data = values.data ?? null;
  const context: WebhookContext = {
    data,
    headers: lowerCaseNames(values.headers),
    query: isRecord(values.query) ? values.query : {},
    params: texts(values.params),
    method: typeof values.method === 'string' ? values.method : (methods[0] ?? 'POST'),
    path: path || workflow.key,
    ip: '127.0.0.1',
    deliveryId: randomUUID(),
    receivedAt: new Date().toISOString(),
    files: [],
    provider: auth.type === 'provider' ? auth.provider : null,
  };
  return body.keepRaw ? { ...context, rawBody: typeof data === 'string' ? data : JSON.stringify(data) } : context;
}

function lowerCaseNames(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(texts(value)).map(([name, text]) => [name.toLowerCase(), text]));
}

function texts(value: unknown): Record<string, string> {
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item ?? '')]))
    : {};
}
