import type { Pick, ReadyRun, StartedAtOnce, StartStrategy } from '../strategy';
import type { TriggerStore } from './TriggerStore';

/** Claims deliveries for the engine to make executions of, one by one. */
export class TriggerStarter implements StartStrategy {
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
