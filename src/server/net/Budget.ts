import { WebhookError } from '../../common/errors';

/** Seconds after which it is worth trying again; a request takes far less as a rule. */
const RETRY_AFTER = '1';

export interface BudgetLimits {
  /** Requests at once, those that wait for their workflow included. */
  inFlight: number;
  /** Bytes of bodies held at once, as received and as inflated. */
  bytes: number;
}

/** What all webhooks of a process may hold at once. Beyond it requests are refused rather than queued. */
export class Budget {
  private inFlight = 0;
  private bytes = 0;

  constructor(private readonly limits: BudgetLimits) {}

  /** A request's part of the budget, nothing yet. */
  lease(): Lease {
    return new Lease(this);
  }

  /** What is taken now. */
  get used(): BudgetLimits {
    return { inFlight: this.inFlight, bytes: this.bytes };
  }

  /** Takes these, or throws `OVERLOADED`. Only for {@link Lease}. */
  take(inFlight: number, bytes: number): void {
    if (this.inFlight + inFlight > this.limits.inFlight || this.bytes + bytes > this.limits.bytes) {
      const reason = `${this.inFlight} requests with ${this.bytes} bytes are in flight`;
      throw new WebhookError('OVERLOADED', { reason, headers: { 'retry-after': RETRY_AFTER } });
    }
    this.inFlight += inFlight;
    this.bytes += bytes;
  }

  /** Gives back what was taken. Only for {@link Lease}. */
  give(inFlight: number, bytes: number): void {
    this.inFlight -= inFlight;
    this.bytes -= bytes;
  }
}

/** What one request holds of a {@link Budget}; given back all at once. */
export class Lease {
  private entered = 0;
  private held = 0;

  constructor(private readonly budget: Budget) {}

  /** Counts the request as one in flight; throws `OVERLOADED` where there is no room. */
  enter(): void {
    this.budget.take(1, 0);
    this.entered += 1;
  }

  /** Counts bytes that are now held in memory; throws `OVERLOADED` where there is no room. */
  hold(bytes: number): void {
    this.budget.take(0, bytes);
    this.held += bytes;
  }

  /** Gives everything back. Can be called twice. */
  release(): void {
    this.budget.give(this.entered, this.held);
    this.entered = 0;
    this.held = 0;
  }
}
