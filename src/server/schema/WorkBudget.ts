/** Thrown where checking a value would take too long. */
export class TooMuchWork extends Error {
  constructor() {
    super('checking this takes too long');
    this.name = 'TooMuchWork';
  }
}

/**
 * What one check of a request may cost, counted rather than timed, so that the same request always gets the
 * same answer. A unit is one subschema applied to one value, 20 to 100 ns.
 */
const UNITS = 5_000_000;

/** Bounds what the check that is under way does; validators are synchronous, so there is one at a time. */
export class WorkBudget {
  private left = UNITS;

  reset(): void {
    this.left = UNITS;
  }

  /** Throws {@link TooMuchWork} where the budget doesn't hold this much any more. */
  spend(units: number): void {
    this.left -= units;
    if (this.left < 0) {
      throw new TooMuchWork();
    }
  }
}
