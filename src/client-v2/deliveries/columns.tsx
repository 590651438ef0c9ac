import { Button, type TableColumnsType, Typography } from 'antd';
import dayjs from 'dayjs';
import type { DeliverySummary } from '../../common/deliveriesApi';
import type { StoredReason } from '../../common/reasons/describe';
import type { Translate } from '../locale';
import { StatusTag } from './StatusTag';

/** The log's columns. Of one webhook the workflow goes without saying. */
export function deliveryColumns(
  t: Translate,
  open: (id: string) => void,
  oneWebhook: boolean,
  tell: (reason: StoredReason) => string,
): TableColumnsType<DeliverySummary> {
  const columns: TableColumnsType<DeliverySummary> = [
    {
      key: 'time',
      title: t('Time'),
      width: 180,
      render: (_value, { id, receivedAt }) => (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => open(id)}>
          {showTime(receivedAt)}
        </Button>
      ),
    },
    {
      key: 'workflow',
      title: t('Workflow'),
      width: 180,
      ellipsis: true,
      render: (_value, { workflowTitle, key }) => workflowTitle ?? key,
    },
    {
      key: 'request',
      title: t('Request'),
      ellipsis: true,
      render: (_value, { method, path }) => (
        <>
          <Typography.Text strong>{method}</Typography.Text> {path}
        </>
      ),
    },
    { key: 'event', title: t('Event'), width: 160, ellipsis: true, render: (_value, { event }) => event },
    {
      key: 'status',
      title: t('Status'),
      width: 120,
      render: (_value, { status, nextAttemptAt }) => <StatusTag status={status} isRetry={nextAttemptAt !== null} />,
    },
    { key: 'reason', title: t('Reason'), ellipsis: true, render: (_value, delivery) => tell(delivery) },
    { key: 'ip', title: t('Address'), width: 150, ellipsis: true, render: (_value, { ip }) => ip },
    {
      key: 'duration',
      title: t('Duration'),
      width: 100,
      align: 'right',
      render: (_value, { durationMs }) => showDuration(durationMs),
    },
  ];
  return oneWebhook ? columns.filter(({ key }) => key !== 'workflow') : columns;
}

/** A time as the reader's clock tells it. */
export function showTime(time: string | null): string {
  return time === null ? '' : dayjs(time).format('YYYY-MM-DD HH:mm:ss');
}

/** Milliseconds for people. */
export function showDuration(milliseconds: number | string | null): string {
  const value = milliseconds === null ? NaN : Number(milliseconds);
  if (Number.isNaN(value)) {
    return '';
  }
  return value < 1_000 ? `${value} ms` : `${(value / 1_000).toFixed(value < 100_000 ? 1 : 0)} s`;
}
