// Framework-free: what is known of each provider.

import type { JwtAuth } from '../auth';
import type { Coverage, IdPlace, SignatureScheme, Source } from '../presets';

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

/** A JSON Web Token that comes with each call. A text `config:name` stands for that option, which then has to be set. */
export interface JwtScheme extends Omit<JwtAuth, 'type' | 'secrets' | 'publicKey'> {
  /** As in a signature scheme. */
  id?: IdPlace[];
}

/**
 * A body in the form that the provider sends, shortened; no real person's, no real secret. `parsed`: what the workflow sees
 * of one that is XML, or a form with lists.
 */
export type ExampleBody = { json: unknown } | { text: string; contentType: string; parsed?: unknown };

/** Where the type of an event stands, and what it can be. */
export interface ProviderEvents {
  /** The first that is there; of a list in one call, a type each. */
  from: Source[];
  /** Those that are documented and that makers ask for, in the provider's own spelling; never said to be all. */
  names: string[];
}

export interface Provider {
  /** What `auth.provider` holds. */
  id: string;
  /** The provider's own spelling; not translated. */
  title: string;
  /** Left out: it documents none, or says what happened in other ways. */
  event?: ProviderEvents;
  /** Data read by the one engine, or `null`: one of the two below, or code of its own in `src/server/verifiers/providers`. */
  scheme: SignatureScheme | null;
  /** It proves itself by a token: shared secrets verify it, or public keys, given or fetched. */
  jwt?: JwtScheme;
  /** It signs nothing, and sends the user name in the option `username` with a password: HTTP Basic. */
  basic?: boolean;
  /** What the proof covers, where that doesn't follow from data, or is more than data tells. */
  covers?: Coverage;
  /** Of code of its own: whether what it gives as delivery id is signed. A scheme tells by what it signs. */
  idSigned?: boolean;
  /**
   * Where an id stands that is signed for one request, and the signature does not hold the whole body fast: no other body
   * is taken under it.
   */
  singleUseId?: Source;
  /** Form fields in which it sends JSON: they are opened. */
  jsonFields?: readonly string[];
  /** What the secret is called there; English, and the i18n key. */
  secretLabel: string;
  options?: ProviderOption[];
  /** What a call brings: makes variables and a table before a first one has come. */
  example?: ExampleBody;
  /** Where to click there, a step each; English, and the i18n keys. Shown in the panel and in the guide. */
  setup: string[];
  /** The provider's page on verifying. */
  docs: string;
}
