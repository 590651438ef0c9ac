import type { Service } from './Service';

/** Does something again and again, never twice at a time; what fails is tried at the next turn. */
export class Repeater implements Service {
  private timer: NodeJS.Timeout | null = null;
  private busy = false;

  /** @param milliseconds between two turns */
  constructor(
    private readonly milliseconds: number,
    private readonly work: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.turn(), this.milliseconds).unref();
  }

  stop(): void {
    if (this.timer) {
      clearInterval(this.timer);
    }
  }

  private async turn(): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      await this.work();
    } catch (error) {
      this.onError(error);
    } finally {
      this.busy = false;
    }
  }
}
