import { Tag } from 'antd';
import type { DeliveryStatus } from '../../common/deliveries';
import { useT } from '../locale';
import { STATUSES, TO_BE_RETRIED } from './statuses';

export interface StatusTagProps {
  status: DeliveryStatus;
  count?: number;
  /** It waits to be tried again. */
  isRetry?: boolean;
}

/** A status by its name and colour, with how many there are of it where that is known. */
export function StatusTag({ status, count, isRetry = false }: StatusTagProps) {
  const t = useT();
  const { label, color } = isRetry ? TO_BE_RETRIED : STATUSES[status];
  return (
    <Tag color={color} style={{ marginInlineEnd: 0 }}>
      {t(label)}
      {count === undefined ? '' : ` ${count.toLocaleString()}`}
    </Tag>
  );
}
