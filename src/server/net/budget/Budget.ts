import { whoMakesRoom } from './displace';
import { Lease } from './Lease';
import { Scope, ScopeMap } from './Scope';
import { sharesOf, type Shares } from './shares';

export interface BudgetLimits {
  /** Requests at once, those that wait for their workflow included. */
  inFlight: number;
  /** Bytes of bodies held at once, as received and as inflated. */
  bytes: number;
  /** Bytes a second that a body has to bring; who brings not much more may have to make room. */
  bodyRate: number;
}

/** What is taken of a budget. */
export interface BudgetUse {
  inFlight: number;
  bytes: number;
  /** Of the requests, those that aren't verified. */
  unverified: number;
}

/**
 * What all webhooks of a process may hold at once. Beyond it requests are refused rather than queued. Who isn't verified
 * has a share of it, in all, at one webhook and from one caller, and makes room for others; verified work has its own.
 */
export class Budget {
  private readonly whole: Scope;
  private readonly unverified: Scope;
  private readonly unverifiedAtWebhook: ScopeMap;
  private readonly unverifiedOfSource: ScopeMap;
  private readonly work: Scope;
  private readonly workOfWebhook: ScopeMap;
  private readonly openWork: Scope;
  private readonly openWorkOfSource: ScopeMap;

  /** @param clock milliseconds */
  constructor(
    private readonly limits: BudgetLimits,
    private readonly clock: () => number = () => performance.now(),
  ) {
    const whole = { requests: limits.inFlight, bytes: limits.bytes };
    const shares: Shares = sharesOf(whole);
    this.whole = new Scope(whole, 'OVERLOADED', 'process', true);
    this.unverified = new Scope(shares.unverified, 'OVERLOADED', 'unverified');
    this.unverifiedAtWebhook = new ScopeMap(shares.unverifiedAtWebhook, 'OVERLOADED', 'unverifiedAtWebhook');
    this.unverifiedOfSource = new ScopeMap(shares.unverifiedOfSource, 'RATE_LIMITED', 'unverifiedOfSource');
    this.work = new Scope(shares.work, 'OVERLOADED', 'work');
    this.workOfWebhook = new ScopeMap(shares.workOfWebhook, 'OVERLOADED', 'workOfWebhook');
    this.openWork = new Scope(shares.openWork, 'OVERLOADED', 'openWork');
    this.openWorkOfSource = new ScopeMap(shares.openWorkOfSource, 'RATE_LIMITED', 'openWorkOfSource');
  }

  /** A request's part of the budget, nothing yet. */
  lease(): Lease {
    return new Lease(this);
  }

  /** What is taken now. */
  get used(): BudgetUse {
    const { requests, bytes } = this.whole;
    return { inFlight: requests, bytes, unverified: this.unverified.requests };
  }

  /** Only for {@link Lease}. */
  enter(lease: Lease): void {
    lease.since = this.clock();
    this.makeRoom(this.unverifiedOfSource.find(lease.source), lease, 1, 0);
    this.makeRoom(this.unverifiedAtWebhook.find(lease.webhook), lease, 1, 0);
    this.makeRoom(this.unverified, lease, 1, 0);
    this.makeRoom(this.whole, lease, 1, 0);
    this.whole.add(lease);
    this.unverified.add(lease);
    this.unverifiedAtWebhook.add(lease.webhook, lease);
    this.unverifiedOfSource.add(lease.source, lease);
    lease.place = 'unverified';
  }

  /** Only for {@link Lease}. */
  hold(lease: Lease, bytes: number): void {
    const scopes = [
      this.unverifiedOfSource.find(lease.source),
      this.unverifiedAtWebhook.find(lease.webhook),
      this.unverified,
      this.whole,
    ];
    for (const scope of scopes) {
      this.makeRoom(scope, lease, 0, bytes);
    }
    for (const scope of scopes) {
      if (scope) {
        scope.bytes += bytes;
      }
    }
    lease.bytes += bytes;
  }

  /** Only for {@link Lease}. */
  promote(lease: Lease, open: boolean): void {
    for (const scope of [
      this.work,
      this.workOfWebhook.find(lease.webhook),
      ...(open ? [this.openWork, this.openWorkOfSource.find(lease.source)] : []),
    ]) {
      if (scope?.lacks(1, lease.bytes, lease)) {
        throw scope.refusal(false);
      }
    }
    this.leaveUnverified(lease);
    this.work.add(lease);
    this.workOfWebhook.add(lease.webhook, lease);
    if (open) {
      this.openWork.add(lease);
      this.openWorkOfSource.add(lease.source, lease);
    }
    lease.place = 'work';
  }

  /** Only for {@link Lease}. */
  leave(lease: Lease): void {
    const { place } = lease;
    if (!place) {
      return;
    }
    lease.place = null;
    this.whole.remove(lease);
    if (place === 'unverified') {
      this.leaveUnverified(lease);
      return;
    }
    this.work.remove(lease);
    this.workOfWebhook.remove(lease.webhook, lease);
    this.openWork.remove(lease);
    this.openWorkOfSource.remove(lease.source, lease);
  }

  private leaveUnverified(lease: Lease): void {
    this.unverified.remove(lease);
    this.unverifiedAtWebhook.remove(lease.webhook, lease);
    this.unverifiedOfSource.remove(lease.source, lease);
  }

  /** Pushes unverified requests out of a scope until so much more has room in it; throws where that can't be. */
  private makeRoom(scope: Scope | undefined, lease: Lease, requests: number, bytes: number): void {
    while (scope?.lacks(requests, bytes, lease)) {
      // Of the whole, only what isn't verified makes room.
      const candidates = scope === this.whole ? this.unverified : scope;
      const { bodyRate: minRate } = this.limits;
      const displaced = whoMakesRoom(candidates, { lease, bytes, now: this.clock(), minRate });
      if (!displaced) {
        throw scope.refusal(bytes > 0);
      }
      this.leave(displaced);
      displaced.displace();
    }
  }
}
