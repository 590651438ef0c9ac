import type { Service } from './Service';
import { within } from './within';

/** A turn that takes longer, in milliseconds, is taken for one that hangs: the next one is due. */
const MAX_TURN_MS = 60_000;

/** Does something again and again, never twice at a time unless it hangs; what fails is tried at the next turn. */
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
      await within(MAX_TURN_MS, this.work(), () => new Error(`not done within ${MAX_TURN_MS} ms`));
    } catch (error) {
      this.onError(error);
    } finally {
      this.busy = false;
    }
  }
}
