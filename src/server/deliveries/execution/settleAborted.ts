import { outcomeOf } from './outcome';
import type { Completer } from './Completer';
import type { WorkflowEngine } from './WorkflowEngine';

export interface SettleParts {
  engine: Pick<WorkflowEngine, 'find'>;
  completer: Pick<Completer, 'complete' | 'written'>;
  /** Nothing more of a delivery's run is in hand. */
  ended(id: string): void;
}

/**
 * Writes down how a run ended that was ended while it waited for the answer to a call of its own, such as by its time-out
 * on another instance, which leaves it to this one whether it is tried again. One that goes on is left to itself.
 */
export async function settleAborted(
  id: string,
  executionId: number | string,
  { engine, completer, ended }: SettleParts,
): Promise<void> {
  const execution = await engine.find(executionId);
  const outcome = execution && outcomeOf(id, execution);
  if (outcome) {
    completer.complete({ ...outcome, isSeen: true });
    await completer.written(id);
    ended(id);
  }
}
