import { eventKeyOf } from '../../model/ids';
import type { ClaimRequest, ReadyRun, TriggerRun } from '../../model/run';
import type { TransitionStore } from '../../store/TransitionStore';
import { inVersion } from '../inVersion';
import type { Claimed, Claimer, StartedAtOnce } from '../backend';

/** Claims deliveries for the engine to make executions of, one by one. */
export class TriggerClaimer implements Claimer {
  constructor(
    private readonly transitions: TransitionStore,
    private readonly owner: string,
  ) {}

  /** What it was not told of is found as nobody's run. */
  holds(): boolean {
    return false;
  }

  async claim(requests: readonly ClaimRequest[]): Promise<Claimed> {
    const runs: TriggerRun[] = [];
    try {
      for (const request of requests) {
        const current = inVersion(request);
        const { delivery, endpoint } = request;
        if ('reason' in current) {
          await this.transitions.failUnstarted(delivery.id, current.reason, new Date());
        } else if (await this.transitions.claim(delivery, endpoint.config, this.owner, new Date())) {
          runs.push(runOf(current));
        }
      }
      return { runs, held: [], failure: null };
    } catch (error) {
      return { runs, held: [], failure: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  async unclaim(runs: readonly ReadyRun[]): Promise<ReadyRun[]> {
    const kept: ReadyRun[] = [];
    for (const run of runs) {
      const eventKey = run.kind === 'trigger' ? run.event.key : run.id;
      await this.transitions.putBack(run.id, eventKey).catch(() => kept.push(run));
    }
    return kept;
  }

  /** The context is stored too: until the engine has made the execution, nothing else holds it. */
  startAtOnce(request: ClaimRequest): Promise<StartedAtOnce> {
    const { onInterruption, retry } = request.endpoint.config;
    const kept = { onInterruption, retry: retry && JSON.stringify(retry) };
    const fields = { startedAt: new Date(), context: request.delivery.text, ...kept };
    return Promise.resolve({ fields, execution: null, run: runOf(request), renumber: () => undefined });
  }
}

function runOf({ endpoint, delivery }: ClaimRequest): TriggerRun {
  const key = eventKeyOf(delivery.id, delivery.attempts + 1);
  const event = { workflow: endpoint.workflow, context: delivery.context, key };
  return { kind: 'trigger', id: delivery.id, key: endpoint.key, failures: 0, tries: 0, orderKey: null, event };
}
