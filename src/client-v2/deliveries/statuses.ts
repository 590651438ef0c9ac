import type { DeliveryStatus } from '../../common/deliveries';
import { text } from '../locale';

/** How a status is shown: its English name, which is also its key, and antd's colour for it. */
export const STATUSES: Record<DeliveryStatus, { label: string; color: string }> = {
  received: { label: text('Received'), color: 'blue' },
  started: { label: text('Started'), color: 'processing' },
  succeeded: { label: text('Succeeded'), color: 'success' },
  failed: { label: text('Failed'), color: 'error' },
  timedOut: { label: text('Timed out'), color: 'error' },
  interrupted: { label: text('Interrupted'), color: 'warning' },
  cancelled: { label: text('Cancelled'), color: 'default' },
  rejected: { label: text('Rejected'), color: 'volcano' },
  ignored: { label: text('Ignored'), color: 'default' },
  duplicate: { label: text('Repeat'), color: 'default' },
};

/** How one is shown that is received again after its run failed. */
export const TO_BE_RETRIED = { label: text('Tried again later'), color: 'warning' };
