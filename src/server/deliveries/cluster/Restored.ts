import type { Service } from '../concurrency/Service';
import { RESTORED } from '../execution/outcome';
import type { DeliveryLog } from '../model/delivery';
import type { EpochStore } from '../store/EpochStore';
import type { TransitionStore } from '../store/TransitionStore';

export interface RestoredParts {
  epochs: Pick<EpochStore, 'settle'>;
  transitions: Pick<TransitionStore, 'endRestored'>;
  log: DeliveryLog;
}

/**
 * Ends what is open in a log that came out of a backup, before anything of it is gone on with: what it was about has long
 * happened, or was never to happen here.
 */
export class Restored implements Service {
  constructor(private readonly parts: RestoredParts) {}

  async start(): Promise<void> {
    const { epochs, transitions, log } = this.parts;
    const count = await epochs.settle((tx) => transitions.endRestored(RESTORED, new Date(), tx));
    if (count !== null) {
      log.warn(`the log of webhook deliveries came out of a backup: ${count} that were open in it have ended`);
    }
  }

  stop(): void {}
}
