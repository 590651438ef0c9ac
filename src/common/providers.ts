// Framework-free: what the panel, the guides and the verifier know of a provider, one row each.

import { CATALOGUE } from './providers/catalogue';
import { CHINA } from './providers/china';
import { COMMUNICATION } from './providers/communication';
import { DEVELOPMENT } from './providers/development';
import { HUBSPOT } from './providers/hubspot';
import { PAYMENTS } from './providers/payments';
import { PRODUCTIVITY } from './providers/productivity';
import type { Provider } from './providers/provider';
import { withRepeats } from './providers/repeats';
import { STANDARDS } from './providers/standards';

/** Every provider that a maker can choose, by title. */
export const PROVIDERS: readonly Provider[] = [
  ...CATALOGUE,
  ...CHINA,
  ...COMMUNICATION,
  ...DEVELOPMENT,
  ...HUBSPOT,
  ...PAYMENTS,
  ...PRODUCTIVITY,
  ...STANDARDS,
]
  .map(withRepeats)
  .sort((left, right) => left.title.localeCompare(right.title, 'en'));

const BY_ID = new Map(PROVIDERS.map((provider) => [provider.id, provider]));

/** The provider of that id, exactly as it is written. */
export function findProvider(id: string): Provider | undefined {
  return BY_ID.get(id);
}
