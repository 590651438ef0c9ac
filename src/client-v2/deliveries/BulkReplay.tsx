import { RedoOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Popconfirm, Progress, Tooltip } from 'antd';
import { useState } from 'react';
import { MAX_REPLAYS, type ReplayJob } from '../../common/deliveriesApi';
import { useT } from '../locale';
import { useReplayJob } from './useReplayJob';

export interface BulkReplayProps {
  /** In NocoBase's own form. */
  filter: Record<string, unknown>;
  onDone: () => void;
}

/** Replays all deliveries that meet the filters, and shows how far that has come. */
export function BulkReplay({ filter, onDone }: BulkReplayProps) {
  const t = useT();
  const [isHidden, setHidden] = useState(false);
  const { job, start, stop } = useReplayJob(onDone);
  const isRunning = job?.status === 'running';
  const isAll = Object.keys(filter).length === 0;
  return (
    <>
      <Popconfirm
        disabled={isAll}
        title={t('Replay all deliveries that meet the filters?')}
        description={t('Each starts its workflow again, up to {{count}} of them.', { count: MAX_REPLAYS })}
        onConfirm={() => {
          setHidden(false);
          void start(filter);
        }}
      >
        <Tooltip title={isAll ? t('Set a filter first: which ones are meant has to be said.') : undefined}>
          <Button icon={<RedoOutlined />} disabled={isRunning || isAll}>
            {t('Replay all')}
          </Button>
        </Tooltip>
      </Popconfirm>
      {job && !isHidden ? (
        <Alert
          type={job.failed > 0 ? 'warning' : 'info'}
          role="status"
          closable={!isRunning}
          onClose={() => setHidden(true)}
          message={
            <Flex gap="small" align="center">
              <Progress
                percent={Math.floor((100 * (job.replayed + job.failed)) / job.total)}
                size="small"
                style={{ width: 140, marginBottom: 0 }}
                aria-label={t('Replay all')}
              />
              <span>{describe(job, t)}</span>
              {isRunning ? (
                <Button size="small" onClick={() => void stop()}>
                  {t('Stop')}
                </Button>
              ) : null}
            </Flex>
          }
        />
      ) : null}
    </>
  );
}

function describe({ status, total, replayed, failed }: ReplayJob, t: ReturnType<typeof useT>): string {
  const done = t('{{replayed}} of {{total}} replayed', { replayed, total });
  const broken = failed > 0 ? `, ${t('{{count}} could not be', { count: failed })}` : '';
  const ended =
    status === 'stopped' ? `, ${t('stopped')}` : status === 'interrupted' ? `, ${t('cut off by a restart')}` : '';
  return done + broken + ended;
}
