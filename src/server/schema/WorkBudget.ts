/** Thrown where checking a value would take too long. */
export class TooMuchWork extends Error {
  constructor() {
    super('checking this takes too long');
    this.name = 'TooMuchWork';
  }
}

/** Bounds what the check that is under way does; validators are synchronous, so there is one at a time. */
export class WorkBudget {
  private left = 0;

  /** @param units what one check of a request may cost; a unit is 10 to 60 ns */
  constructor(private readonly units: number) {
    this.reset();
  }

  /** @param weight how many times as long as usual a unit takes */
  reset(weight = 1): void {
    this.left = this.units / weight;
  }

  /** Throws {@link TooMuchWork} where the budget doesn't hold this much any more. */
  spend(units: number): void {
    this.left -= units;
    if (this.left < 0) {
      throw new TooMuchWork();
    }
  }
}
