import { useCallback } from 'react';
import { describeStored, type StoredReason } from '../../../common/reasons/describe';
import { useT } from '../../locale';

/** Tells a reason in the reader's language; empty: there is none. */
export function useReasonText(): (reason: StoredReason) => string {
  const t = useT();
  return useCallback((reason) => describeStored(reason, t), [t]);
}
