// Framework-free: what the proof of a webhook's calls covers, whichever way it verifies them.

import type { WebhookAuth } from './auth';
import { coverageOf, coverageOfScheme } from './coverage';
import type { Coverage } from './presets';
import { findProvider } from './providers';
import { schemeOfAuth } from './schemeOfAuth';

/** Of a provider's row or of a maker's own signature; null: of neither, or there is no such provider. */
export function coverageOfAuth(auth: WebhookAuth): Coverage | null {
  if (auth.type === 'provider') {
    const provider = findProvider(auth.provider);
    return provider ? coverageOf(provider) : null;
  }
  const scheme = schemeOfAuth(auth);
  return scheme ? coverageOfScheme(scheme) : null;
}
