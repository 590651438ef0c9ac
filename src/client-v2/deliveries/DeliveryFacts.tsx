import { useFlowEngine } from '@nocobase/flow-engine';
import { Button, Descriptions, Space } from 'antd';
import type { ReactNode } from 'react';
import type { DeliveryDetail } from '../../common/deliveriesApi';
import { useT } from '../locale';
import { showDuration, showTime } from './columns';
import { EXECUTION_PAGE } from './reasons/pageOf';
import { ReasonAlert } from './reasons/ReasonAlert';
import { StatusTag } from './StatusTag';

/** What became of a delivery, and of what it came. */
export function DeliveryFacts({ delivery, onOpen }: { delivery: DeliveryDetail; onOpen: (id: string) => void }) {
  const t = useT();
  const { app } = useFlowEngine().context;
  const { executionId, executionIds, replayOf, status, attempts, nextAttemptAt } = delivery;
  const executions = executionIds?.length ? executionIds : executionId === null ? [] : [executionId];
  const facts: [label: string, content: ReactNode][] = [
    [t('Status'), <StatusTag key="status" status={status} isRetry={nextAttemptAt !== null} />],
    [t('Workflow'), delivery.workflowTitle ?? delivery.key],
    [
      executions.length > 1 ? t('Executions') : t('Execution'),
      executions.length > 0 ? (
        <Space key="executions" direction="vertical" size={0}>
          {executions.map((id) => (
            <a key={id} href={app.getHref(EXECUTION_PAGE + id)} target="_blank" rel="noreferrer">
              {id}
            </a>
          ))}
        </Space>
      ) : null,
    ],
    [t('Tries'), attempts > 1 || nextAttemptAt !== null ? attempts : null],
    [t('Next try at'), showTime(nextAttemptAt)],
    [
      t('Replay of'),
      replayOf ? (
        <Button key="replay" type="link" size="small" style={{ padding: 0 }} onClick={() => onOpen(replayOf)}>
          {replayOf}
        </Button>
      ) : null,
    ],
    [t('Received at'), showTime(delivery.receivedAt)],
    [t('Started at'), showTime(delivery.startedAt)],
    [t('Finished at'), showTime(delivery.finishedAt)],
    [t('Duration'), showDuration(delivery.durationMs)],
    [t('Address'), delivery.ip],
    [t('Service'), delivery.provider],
    [t('Event'), delivery.event],
    [t('Verified by secret'), delivery.secretName],
    [t('Known by'), delivery.dedupeKey],
    [t('Delivery ID'), delivery.id],
    [t('Erased at'), showTime(delivery.erasedAt)],
    [t('Deleted after'), showTime(delivery.expiresAt)],
  ];
  return (
    <>
      <ReasonAlert delivery={delivery} />
      <Descriptions
        size="small"
        column={2}
        style={{ marginBottom: 16 }}
        items={facts
          .filter(([, content]) => content !== null && content !== '')
          .map(([label, children]) => ({ key: label, label, children }))}
      />
    </>
  );
}
