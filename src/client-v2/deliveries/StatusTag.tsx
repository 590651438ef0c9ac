import { Tag } from 'antd';
import type { DeliveryStatus } from '../../common/deliveries';
import { useT } from '../locale';
import { STATUSES } from './statuses';

/** A status by its name and colour, with how many there are of it where that is known. */
export function StatusTag({ status, count }: { status: DeliveryStatus; count?: number }) {
  const t = useT();
  const { label, color } = STATUSES[status];
  return (
    <Tag color={color} style={{ marginInlineEnd: 0 }}>
      {t(label)}
      {count === undefined ? '' : ` ${count.toLocaleString()}`}
    </Tag>
  );
}
