// Framework-free: how who sends CloudEvents asks whether it may (their HTTP webhook specification, section 4).

import type { Handshake } from '../presets';

/** The handshake by `OPTIONS`, answered to whoever proves itself so. */
export function originHandshake(auth: Handshake['auth']): Handshake {
  return {
    kind: 'WebHook-Request-Origin',
    when: { method: 'OPTIONS', has: 'header:webhook-request-origin' },
    auth,
    reply: {
      status: 200,
      headers: {
        'WebHook-Allowed-Origin': '{header:webhook-request-origin}',
        'WebHook-Allowed-Rate': '{header:webhook-request-rate}',
        Allow: 'POST',
      },
    },
  };
}
