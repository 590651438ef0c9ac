import { normalizePath } from '../../common/path';
import { ALIAS_SEGMENT, WEBHOOKS_SEGMENT } from '../../common/plugin';
import type { WebhookTarget } from '../pipeline/types';

/** Where a request's path, as received, leads among the webhooks; null: the request isn't for us. */
export type TargetOf = (path: string) => WebhookTarget | null;

/** NocoBase's API base path with a slash at either end. */
export function withSlashes(apiBase: string): string {
  return `/${normalizePath(apiBase)}/`.replace('//', '/');
}

/**
 * Picks out the requests that are for a webhook.
 * @param apiBase NocoBase's API base path, such as `/api`
 * @param isForOthers whether one that looks so is for somebody else
 */
export function targetsBelow(apiBase: string, isForOthers: (target: WebhookTarget) => boolean): TargetOf {
  const base = withSlashes(apiBase);
  const prefixes = [
    { prefix: `${base}${WEBHOOKS_SEGMENT}/`, keyOnly: false },
    { prefix: `${base}${ALIAS_SEGMENT}/`, keyOnly: true },
  ];
  return (path) => {
    const found = prefixes.find(({ prefix }) => path.startsWith(prefix));
    if (!found) {
      return null;
    }
    const target = { path: path.slice(found.prefix.length), keyOnly: found.keyOnly };
    return isForOthers(target) ? null : target;
  };
}
