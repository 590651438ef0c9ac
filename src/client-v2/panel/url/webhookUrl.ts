import { useFlowEngine, type FlowEngineContext } from '@nocobase/flow-engine';
import { normalizePath, withoutEndSlashes } from '../../../common/path';
import { WEBHOOKS_SEGMENT } from '../../../common/plugin';
import { atPublicUrl } from '../../../common/publicUrl';
import { useWebhookSettings } from '../../settings/useWebhookSettings';

/** Gives the URL that a webhook with some key or custom path is called at. */
export function useWebhookUrl(): (path: string) => string {
  const { context } = useFlowEngine();
  const { settings } = useWebhookSettings();
  return (path) => webhookUrl(context.app, path, settings?.publicUrl);
}

/**
 * Leans on the client's own API URL, so that `API_BASE_PATH`, `APP_PUBLIC_PATH` and a separate API origin
 * count. A sub-app's page sends its name in a header, which an external caller can't be asked to do:
 * `__app/<name>` in the path says the same.
 * @param publicUrl what stands in place of that URL's origin, if it is set
 */
export function webhookUrl(
  app: Pick<FlowEngineContext['app'], 'getApiUrl' | 'getName'>,
  path: string,
  publicUrl = '',
): string {
  const base = withoutEndSlashes(app.getApiUrl());
  const name = app.getName();
  const subApp = name && name !== 'main' && !base.includes('/__app/') ? `__app/${encodeURIComponent(name)}/` : '';
  const url = `${base}/${subApp}${WEBHOOKS_SEGMENT}/${normalizePath(path)}`;
  return publicUrl === '' ? url : atPublicUrl(publicUrl, url.replace(/^[a-z]+:\/\/[^/]*/i, ''));
}
