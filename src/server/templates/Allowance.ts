/** Units of work that templates, or conditions, of one request may take together: some 50 ms. */
export const UNITS = 5_000_000;

/** Bounds work that depends on what two people wrote, of whom neither knows the other: a setting, and a request. */
export class Allowance {
  /** @param reason what is said where it is used up, fit for the delivery log */
  constructor(
    private readonly reason: string,
    private left = UNITS,
  ) {}

  /** Throws once more has been spent than there was. */
  spend(units: number): void {
    this.left -= units;
    if (this.left < 0) {
      throw new Error(this.reason);
    }
  }
}
