// Framework-free: what the panel, the guides and the verifier know of a provider, one row each.

import type { Coverage, SignatureScheme, Source } from './presets';
import { CHINA } from './providers/china';
import { COMMUNICATION } from './providers/communication';
import { DEVELOPMENT } from './providers/development';
import { HUBSPOT } from './providers/hubspot';
import { PAYMENTS } from './providers/payments';
import { PRODUCTIVITY } from './providers/productivity';
import { STANDARDS } from './providers/standards';

/** A setting that a provider needs beside its secrets; becomes `auth.options.<name>`. */
export interface ProviderOption {
  name: string;
  /** English, and the i18n key. */
  label: string;
  help?: string;
  required?: boolean;
  /** Stored encrypted like a secret. */
  secret?: boolean;
}

export interface Provider {
  /** What `auth.provider` holds. */
  id: string;
  /** The provider's own spelling; not translated. */
  title: string;
  /** Data read by the one engine, or `null`: code of its own in `src/server/verifiers/providers`. */
  scheme: SignatureScheme | null;
  /** What the proof covers where `scheme` is null; of data it follows from the scheme. */
  covers?: Coverage;
  /** Of code of its own: whether what it gives as delivery id is signed. A scheme tells by what it signs. */
  idSigned?: boolean;
  /**
   * Where an id stands that is signed for one request, and the signature does not hold the whole body fast: no other body
   * is taken under it.
   */
  singleUseId?: Source;
  /** What the secret is called there; English, and the i18n key. */
  secretLabel: string;
  options?: ProviderOption[];
  /** Where to click there, a step each; English, and the i18n keys. Shown in the panel and in the guide. */
  setup: string[];
  /** The provider's page on verifying. */
  docs: string;
}

/** Every provider that a maker can choose, by title. */
export const PROVIDERS: readonly Provider[] = [
  ...CHINA,
  ...COMMUNICATION,
  ...DEVELOPMENT,
  ...HUBSPOT,
  ...PAYMENTS,
  ...PRODUCTIVITY,
  ...STANDARDS,
].sort((left, right) => left.title.localeCompare(right.title, 'en'));

const BY_ID = new Map(PROVIDERS.map((provider) => [provider.id, provider]));

/** The provider of that id, exactly as it is written. */
export function findProvider(id: string): Provider | undefined {
  return BY_ID.get(id);
}
