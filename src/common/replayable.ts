// Framework-free: for how long a copy of a call would be taken once more.

import type { WebhookAuth } from './auth';
import { coverageOf } from './coverage';
import { findProvider } from './providers';

/**
 * Seconds for which a copy of a call would be taken once more, by the time that it signs, which may lie ahead by as much
 * as behind: for so long at least a signed id has to be remembered. 0: it signs none, or the webhook doesn't look at it.
 */
export function replayableFor(auth: WebhookAuth): number {
  return 2 * signedTolerance(auth);
}

function signedTolerance(auth: WebhookAuth): number {
  switch (auth.type) {
    case 'provider':
      return auth.tolerance ?? toleranceOf(auth.provider);
    case 'signature':
      return auth.ts?.tol ?? 0;
    default:
      return 0;
  }
}

/** Seconds that the time which a provider signs may be off; 0: it signs none. */
export function toleranceOf(id: string): number {
  const provider = findProvider(id);
  return (provider && coverageOf(provider).tolerance) ?? 0;
}
