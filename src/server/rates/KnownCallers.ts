/** Milliseconds for which a caller is known that was verified. */
const REMEMBERED = 3_600_000;
/** Webhooks and addresses remembered at once; the one verified longest ago goes first. */
const MAX_CALLERS = 10_000;
/** Credentials remembered of one of them. */
const MAX_CREDENTIALS = 16;

interface Known {
  until: number;
  /** Fingerprints of credentials that verified, with the time until which they count. */
  credentials: Map<string, number>;
}

/** Who was verified in the last hour: from which address at which webhook, and with which credential if one is shown. */
export class KnownCallers {
  private readonly callers = new Map<string, Known>();

  /**
   * @param caller webhook and address in one
   * @param credential fingerprint of what the head of the request shows; null: nothing, as with signatures
   */
  remember(caller: string, credential: string | null, now: number): void {
    const known = this.callers.get(caller) ?? { until: 0, credentials: new Map<string, number>() };
    known.until = now + REMEMBERED;
    if (credential !== null) {
      known.credentials.delete(credential);
      known.credentials.set(credential, known.until);
      dropOldest(known.credentials, MAX_CREDENTIALS);
    }
    this.callers.delete(caller);
    this.callers.set(caller, known);
    dropOldest(this.callers, MAX_CALLERS);
  }

  /** Whether anybody was verified from there. */
  has(caller: string, now: number): boolean {
    return (this.callers.get(caller)?.until ?? 0) > now;
  }

  /** Whether this very credential was verified from there. */
  hasCredential(caller: string, credential: string | null, now: number): boolean {
    return credential !== null && (this.callers.get(caller)?.credentials.get(credential) ?? 0) > now;
  }

  /** It was verified once, and isn't any more. */
  forget(caller: string, credential: string | null): void {
    if (credential !== null) {
      this.callers.get(caller)?.credentials.delete(credential);
    }
  }
}

function dropOldest(entries: Map<string, unknown>, max: number): void {
  if (entries.size > max) {
    const [oldest = ''] = entries.keys();
    entries.delete(oldest);
  }
}
