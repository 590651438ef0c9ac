import { WebhookError } from '../../../common/errors';
import { because } from '../../../common/reasons/reason';

/** Under what a request is counted. */
export type LeasePlace = 'unverified' | 'work';

/** Whom a request comes from, and where it goes: by these it has its shares. */
export interface Caller {
  /** The webhook's key. */
  webhook: string;
  /** As `sourceOf` gives it. */
  source: string;
  /**
   * Whether somebody was verified lately at this webhook from there. Many may share an address: what a stranger there
   * does at other webhooks is not held against who is known at this one, and strangers make room for him first.
   */
  isKnown: boolean;
}

/** What leases are counted in. */
interface LeaseBudget {
  enter(lease: Lease): void;
  hold(lease: Lease, bytes: number): void;
  promote(lease: Lease, open: boolean): void;
  leave(lease: Lease): void;
}

/**
 * What one request holds of a budget; given back all at once. Until it is verified, it may have to make room
 * for another: each of the methods throws `OVERLOADED` from then on.
 */
export class Lease implements Caller {
  webhook = '';
  source = '';
  isKnown = false;
  bytes = 0;
  /** When it came in, by the budget's clock. */
  since = 0;
  /** Only for the budget. */
  place: LeasePlace | null = null;
  private displacement: WebhookError | null = null;
  private interrupt: ((error: WebhookError) => void) | null = null;

  constructor(private readonly budget: LeaseBudget) {}

  /**
   * Counts the request as one in flight that isn't verified. Throws `OVERLOADED` where there is no room, and
   * `RATE_LIMITED` where its caller has too many already.
   */
  enter({ webhook, source, isKnown }: Caller): void {
    this.webhook = webhook;
    this.source = isKnown ? `${source} ${webhook}` : source;
    this.isKnown = isKnown;
    this.budget.enter(this);
  }

  /** Counts bytes that are now held in memory. Throws `OVERLOADED` where there is no room. */
  hold(bytes: number): void {
    this.goOn();
    this.budget.hold(this, bytes);
  }

  /**
   * Counts the request as work from here on: it makes room for nobody any more. Throws where there is no room for it.
   * @param open nothing verified its caller, because the webhook asks for nothing
   */
  verified(open: boolean): void {
    this.goOn();
    this.budget.promote(this, open);
  }

  /** `end` is called as soon as the request has to make room; takes the place of the one before. */
  onDisplaced(end: (error: WebhookError) => void): void {
    this.interrupt = end;
    if (this.displacement) {
      end(this.displacement);
    }
  }

  /** The same promise, but that it rejects at once if the request has to make room while it waits. */
  whileWaiting<T>(pending: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.onDisplaced(reject);
      pending.then(resolve, reject);
    });
  }

  /** Only for the budget. */
  displace(): void {
    this.displacement = new WebhookError('OVERLOADED', {
      reason: because('NOT_TAKEN_NOW', { detail: 'displaced' }),
      headers: { 'retry-after': '1' },
    });
    this.interrupt?.(this.displacement);
  }

  /** Gives everything back. Can be called twice. */
  release(): void {
    this.budget.leave(this);
  }

  private goOn(): void {
    if (this.displacement) {
      throw this.displacement;
    }
  }
}
