import type { Pick, ReadyRun, StartedAtOnce, Claimer } from '../backend';
import type { TriggerStore } from '../../store/TriggerStore';

/** Claims deliveries for the engine to make executions of, one by one. */
export class TriggerClaimer implements Claimer {
  constructor(
    private readonly store: TriggerStore,
    private readonly owner: string,
  ) {}

  async start(picks: readonly Pick[]): Promise<ReadyRun[]> {
    const runs: ReadyRun[] = [];
    for (const pick of picks) {
      if (await this.store.claim(pick.delivery.id, this.owner, new Date())) {
        runs.push(runOf(pick));
      }
    }
    return runs;
  }

  /** The context is stored too: until the engine has made the execution, nothing else holds it. */
  startAtOnce(pick: Pick): Promise<StartedAtOnce> {
    const fields = { startedAt: new Date(), context: pick.delivery.text };
    return Promise.resolve({ fields, execution: null, run: runOf(pick) });
  }
}

function runOf({ endpoint, delivery }: Pick): ReadyRun {
  return {
    id: delivery.id,
    key: endpoint.key,
    executionId: null,
    execution: null,
    event: { workflow: endpoint.workflow, context: delivery.context },
    failures: 0,
  };
}
