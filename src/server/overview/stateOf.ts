import type { WebhookState } from '../../common/overview';
import { needsSecret } from '../../common/needsSecret';
import type { Endpoint } from '../endpoints/Endpoint';

/** What is known of a webhook whose workflow is there. */
export interface Known {
  enabled: boolean;
  /** undefined: calls don't find it. */
  endpoint: Pick<Endpoint, 'config' | 'unreadableSecrets'> | undefined;
  /** Another webhook that is on has its path. */
  isPathTaken: boolean;
  /** A secret that its service handed over was confirmed. */
  hasCaptured: boolean;
  isPaused: boolean;
  isSilent: boolean;
}

/** How a webhook stands. */
export function stateOf({ enabled, endpoint, ...known }: Known): WebhookState {
  if (!enabled) {
    return known.isPathTaken ? 'pathTaken' : 'off';
  }
  if (!endpoint) {
    return 'invalid';
  }
  if (needsSecret(endpoint.config.auth) && !known.hasCaptured) {
    return 'needsSecret';
  }
  if (endpoint.unreadableSecrets.length > 0) {
    return 'secretUnreadable';
  }
  return known.isPaused ? 'paused' : known.isSilent ? 'silent' : 'on';
}
