import type { WebhookConfig } from '../../common/config';
import { parsePath, pathShape } from '../../common/path';
import type { RouteTable } from '../endpoints/RouteTable';

/** Tells whether a webhook that is off could not be enabled, since another one has its path. */
export function takenPaths(
  routes: RouteTable,
): (key: string, config: Pick<WebhookConfig, 'path' | 'methods'>) => boolean {
  const holders = new Map<string, string>();
  for (const { key, config, segments } of routes.endpoints()) {
    if (segments.length > 0) {
      const shape = pathShape(segments);
      config.methods.forEach((method) => holders.set(`${method} ${shape}`, key));
    }
  }
  return (key, { path, methods }) => {
    const parsed = parsePath(path);
    if ('problem' in parsed || parsed.segments.length === 0) {
      return false;
    }
    const shape = pathShape(parsed.segments);
    return methods.some((method) => (holders.get(`${method} ${shape}`) ?? key) !== key);
  };
}
