import type { Reason } from '../../../common/reasons/reason';
import type { DeliveryRow } from './delivery';

/** A reason as its row has it. */
export function reasonColumns(reason: Reason | null): Pick<DeliveryRow, 'reasonCode' | 'reasonValues'> {
  return { reasonCode: reason?.code ?? null, reasonValues: reason?.values ?? null };
}
