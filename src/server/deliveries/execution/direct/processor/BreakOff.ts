/**
 * Whether a run has broken off in this process. The engine takes what fails inside a branch for an error of the node
 * around it, and goes on: a run that is another instance's by now, or can't be written down, must not.
 */
export class BreakOff {
  private isBroken = false;
  private cause: unknown;

  /** Does `work`; where that rejects, the run has broken off. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.isBroken = true;
      this.cause = error;
      throw error;
    }
  }

  /** Throws what a run has broken off by. */
  check(): void {
    if (this.isBroken) {
      throw this.cause;
    }
  }
}
