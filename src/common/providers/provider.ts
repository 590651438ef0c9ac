// Framework-free: what is known of each provider.

import type { Coverage, SignatureScheme, Source } from '../presets';

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
