import type { DeliveryLog } from '../model/delivery';
import { FIRST_ID } from '../model/ids';
import { byArrival, type CutOff, type RecoveryStore } from '../store/RecoveryStore';

/** So many are read at once. */
const PAGE = 500;

export interface OwnershipParts {
  store: Pick<RecoveryStore, 'startedBy'>;
  /** This instance. */
  owner: string;
  /** Whether somebody in this process has the delivery: it is being started, waits for its turn, runs, or is being ended. */
  isInHand(id: string): boolean;
  /** Goes on with one that nobody has. */
  takeUp(delivery: CutOff): Promise<void>;
  log: DeliveryLog;
}

/**
 * Compares what this instance owns in the database with what it has in hand. The answer of a COMMIT may be lost, or come
 * when nobody waits for it any more: then a delivery is started here, and nobody here knows of it.
 */
export class Ownership {
  /** What nobody had in hand at the last look. */
  private suspects = new Set<string>();

  constructor(private readonly parts: OwnershipParts) {}

  /** Looks once. What nobody has at two looks in a row is taken up: at one, it may just have changed hands. */
  async check(): Promise<void> {
    const { takeUp, isInHand, log } = this.parts;
    const strays = await this.findStrays();
    const due = strays.filter(({ id }) => this.suspects.has(id));
    this.suspects = new Set(strays.map(({ id }) => id));
    for (const delivery of due.filter(({ id }) => !isInHand(id))) {
      this.suspects.delete(delivery.id);
      log.warn(`webhook delivery ${delivery.id} was started here and not run; it is taken up`);
      await takeUp(delivery);
    }
  }

  private async findStrays(): Promise<CutOff[]> {
    const { store, owner, isInHand } = this.parts;
    const strays: CutOff[] = [];
    let after: string | undefined = FIRST_ID;
    while (after !== undefined) {
      const page: CutOff[] = await store.startedBy(owner, PAGE, after);
      strays.push(...page.filter(({ id }) => !isInHand(id)));
      after = page.length < PAGE ? undefined : page[page.length - 1]?.id;
    }
    return strays.sort(byArrival);
  }
}
