import type { DeliveryStore } from '../store/DeliveryStore';
import type { TransitionStore } from '../store/TransitionStore';
import type { WorkflowEngine } from './WorkflowEngine';
import { because } from '../../../common/reasons/reason';

interface CancelParts {
  store: DeliveryStore;
  transitions: TransitionStore;
  engine: WorkflowEngine;
}

/** Keeps a received delivery from starting, or ends a started one; false: it had ended. */
export async function cancel(id: string, { store, transitions, engine }: CancelParts): Promise<boolean> {
  const now = new Date();
  if (await transitions.skipAttempt(id, because('RETRY_CANCELLED'), now)) {
    return true;
  }
  if ((await transitions.cancelUnstarted([id], because('CANCELLED'), now)) > 0) {
    return true;
  }
  const found = await store.original(id);
  const execution = found?.status === 'started' && found.executionId ? await engine.find(found.executionId) : null;
  return execution ? engine.abort(execution, 'manual_cancel') : false;
}
