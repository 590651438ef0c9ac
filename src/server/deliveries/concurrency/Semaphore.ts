/** Lets so many through at once; the others wait in line. With a width of one it is a mutex. */
export class Semaphore {
  private inside = 0;
  private readonly line: (() => void)[] = [];

  constructor(private readonly width: number) {}

  /** Does the work once it is let through. Resolves and rejects as the work does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside >= this.width) {
      await new Promise<void>((resolve) => this.line.push(resolve));
    } else {
      this.inside++;
    }
    try {
      return await work();
    } finally {
      // What is free now goes to the next in line.
      const next = this.line.shift();
      if (next) {
        next();
      } else {
        this.inside--;
      }
    }
  }
}
