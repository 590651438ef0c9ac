import type { Outcome } from '../model/delivery';
import type { Completer } from './Completer';
import { outcomeOf } from './outcome';
import type { WorkflowEngine } from './WorkflowEngine';

/**
 * Writes down that a run is not resumed, and ends its execution. A run that has ended by itself is
 * written down as what it came to.
 * @param executionId null: it has none
 */
export async function interrupt(
  { id, status, reason }: Omit<Outcome, 'executionId'>,
  executionId: number | string | null,
  { engine, completer }: { engine: WorkflowEngine; completer: Completer },
): Promise<void> {
  const execution = executionId === null ? null : await engine.find(executionId);
  const outcome = execution && outcomeOf(id, execution);
  completer.complete(outcome ?? { id, executionId, status, reason });
  // Before the execution ends, which would otherwise count as the delivery's end.
  await completer.written(id);
  if (execution && !outcome) {
    await engine.abort(execution);
  }
}
