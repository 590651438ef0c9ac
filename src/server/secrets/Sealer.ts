import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Application } from '@nocobase/server';

/** What NocoBase's own key is stretched for: a key of this purpose opens nothing else, and nothing else opens what it sealed. */
const PURPOSE = 'nocobase-plugin-workflow-webhook secrets v1';

const FINGERPRINT_PURPOSE = 'nocobase-plugin-workflow-webhook fingerprints v1';

/** In front of what is sealed: tells it from anything else, and from a later form. */
const PREFIX = 'v1.';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D, section 8.2.2: random, 96 bits. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What {@link Sealer.seal} makes: base64url, of a nonce and a tag at least. */
const SEALED = /^v1\.[\w-]{38,}$/;

/** Whether a text may be what was sealed; whether it opens is another question. */
export function looksSealed(text: unknown): boolean {
  return typeof text === 'string' && SEALED.test(text);
}

/** Where a secret belongs. What was sealed for one place opens in no other. */
export interface SecretPlace {
  /** The workflow key. */
  key: string;
  /** Kind of verification, provider, and the like: {@link secretUse} of the settings. */
  use: readonly string[];
  /** The setting that holds it, such as `secrets` or `options.verifyToken`. */
  field: string;
}

/** Seals secrets with AES-256-GCM, each for its own place in one app. */
export class Sealer {
  private readonly key: Buffer;
  private readonly fingerprintKey: Buffer;

  /**
   * @param appKey 32 bytes that all instances of the app share
   * @param app the app's name: several apps may have one key
   */
  constructor(
    appKey: Buffer,
    private readonly app: string,
  ) {
    // RFC 5869. The input is uniformly random already, so it needs no salt.
    const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', appKey, '', purpose, KEY_BYTES));
    this.key = derive(PURPOSE);
    this.fingerprintKey = derive(FINGERPRINT_PURPOSE);
  }

  /** The literal as text that only {@link open} at the same place reads. */
  seal(literal: string, place: SecretPlace): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(this.nameOf(place));
    const sealed = Buffer.concat([nonce, cipher.update(literal, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return PREFIX + sealed.toString('base64url');
  }

  /** The literal; null where this was not sealed for this place, in this app, by this key, or was changed since. */
  open(sealed: unknown, place: SecretPlace): string | null {
    if (typeof sealed !== 'string' || !sealed.startsWith(PREFIX)) {
      return null;
    }
    const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) {
      return null;
    }
    const decipher = createDecipheriv(ALGORITHM, this.key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(this.nameOf(place));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString();
    } catch {
      return null;
    }
  }

  /** The same for the same literal at the same place, and of no use without the key: 64 hex digits. */
  fingerprint(literal: string, place: SecretPlace): string {
    return createHmac('sha256', this.fingerprintKey)
      .update(this.nameOf(place))
      .update('\0')
      .update(literal)
      .digest('hex');
  }

  /** As JSON, so that no two places spell the same. */
  private nameOf({ key, use, field }: SecretPlace): Buffer {
    return Buffer.from(JSON.stringify([this.app, key, use, field]));
  }
}

/**
 * The sealer of an app, from the key that NocoBase encrypts with: `APP_AES_SECRET_KEY`, or a file in its storage folder,
 * which all instances of a cluster share. Its class keeps the key private, and there is no other way to the very key.
 * Throws where NocoBase has changed that: a webhook must not go on without sealing.
 */
export function sealerOf({ aesEncryptor, name }: Pick<Application, 'aesEncryptor' | 'name'>): Sealer {
  const { key } = aesEncryptor as unknown as { key?: unknown };
  if (!Buffer.isBuffer(key) || key.length !== KEY_BYTES) {
    throw new Error("NocoBase's own encryption key can't be read, so that no secret could be sealed.");
  }
  return new Sealer(key, name);
}
