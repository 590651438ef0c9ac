import { useFlowEngine, type FlowEngineContext } from '@nocobase/flow-engine';
import { normalizePath } from '../../../common/path';
import { WEBHOOKS_SEGMENT } from '../../../common/plugin';

/** The URL that a webhook with this key or custom path is called at. */
export function useWebhookUrl(path: string): string {
  const { context } = useFlowEngine();
  return webhookUrl(context.app, path);
}

/**
 * Leans on the client's own API URL, so that `API_BASE_PATH`, `APP_PUBLIC_PATH` and a separate API origin
 * count. A sub-app's page sends its name in a header, which an external caller can't be asked to do:
 * `__app/<name>` in the path says the same.
 */
export function webhookUrl(app: Pick<FlowEngineContext['app'], 'getApiUrl' | 'getName'>, path: string): string {
  const base = app.getApiUrl().replace(/\/+$/, '');
  const name = app.getName();
  const subApp = name && name !== 'main' && !base.includes('/__app/') ? `__app/${encodeURIComponent(name)}/` : '';
  return `${base}/${subApp}${WEBHOOKS_SEGMENT}/${normalizePath(path)}`;
}
