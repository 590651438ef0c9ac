import { WebhookError, type ErrorCode } from '../../../common/errors';
import type { Candidates } from './displace';
import type { Lease } from './Lease';
import type { Amount } from './shares';
import { because, type ReasonValues } from '../../../common/reasons/reason';

/** Seconds after which it is worth trying again; a request takes far less as a rule. */
const RETRY_AFTER = '1';

/** Requests that are alike in whom they make room for. */
class Group implements Candidates {
  readonly leases = new Set<Lease>();
  readonly sources = new Map<string, number>();

  add(lease: Lease): void {
    this.leases.add(lease);
    this.sources.set(lease.source, (this.sources.get(lease.source) ?? 0) + 1);
  }

  remove(lease: Lease): boolean {
    const left = (this.sources.get(lease.source) ?? 1) - 1;
    if (!this.leases.delete(lease)) {
      return false;
    }
    if (left > 0) {
      this.sources.set(lease.source, left);
    } else {
      this.sources.delete(lease.source);
    }
    return true;
  }
}

/** Requests that share one limit, such as those of one address. */
export class Scope {
  requests = 0;
  bytes = 0;
  readonly strangers = new Group();
  /** From where somebody was verified at their webhook lately. */
  readonly known = new Group();

  /**
   * @param code of who has too many requests in it; of who has too many bytes it is `OVERLOADED`
   * @param whole a share bends for a request that is alone in it, so that one body can be as large as its webhook
   * takes; the whole bends for nobody
   */
  constructor(
    private readonly limit: Amount,
    private readonly code: ErrorCode,
    private readonly what: ReasonValues<'ROOM_TAKEN'>['detail'],
    private readonly whole = false,
  ) {}

  /** Whether so much more would be too much; `lease` is the one that wants it. */
  lacks(requests: number, bytes: number, lease: Lease): boolean {
    if (this.requests + requests > this.limit.requests) {
      return true;
    }
    const others = this.requests - (this.groupOf(lease).leases.has(lease) ? 1 : 0);
    return bytes > 0 && this.bytes + bytes > this.limit.bytes && (this.whole || others > 0);
  }

  add(lease: Lease): void {
    this.requests += 1;
    this.bytes += lease.bytes;
    this.groupOf(lease).add(lease);
  }

  remove(lease: Lease): void {
    if (this.groupOf(lease).remove(lease)) {
      this.requests -= 1;
      this.bytes -= lease.bytes;
    }
  }

  private groupOf({ isKnown }: Lease): Group {
    return isKnown ? this.known : this.strangers;
  }

  /** @param bytes whether it is bytes that are short, rather than requests */
  refusal(bytes: boolean): WebhookError {
    const reason = because('ROOM_TAKEN', { requests: this.requests, bytes: this.bytes, detail: this.what });
    return new WebhookError(bytes ? 'OVERLOADED' : this.code, { reason, headers: { 'retry-after': RETRY_AFTER } });
  }
}

/** Scopes of one kind by their key, such as an address. None is kept once it is empty. */
export class ScopeMap {
  private readonly scopes = new Map<string, Scope>();

  constructor(
    private readonly limit: Amount,
    private readonly code: ErrorCode,
    private readonly what: ReasonValues<'ROOM_TAKEN'>['detail'],
  ) {}

  /** The scope if anything is in it. */
  find(key: string): Scope | undefined {
    return this.scopes.get(key);
  }

  add(key: string, lease: Lease): Scope {
    let scope = this.scopes.get(key);
    if (!scope) {
      scope = new Scope(this.limit, this.code, this.what);
      this.scopes.set(key, scope);
    }
    scope.add(lease);
    return scope;
  }

  remove(key: string, lease: Lease): void {
    const scope = this.scopes.get(key);
    scope?.remove(lease);
    if (scope?.requests === 0) {
      this.scopes.delete(key);
    }
  }

  get size(): number {
    return this.scopes.size;
  }
}
