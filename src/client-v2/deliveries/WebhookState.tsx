import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button, Flex, Popconfirm, Tag, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { DELIVERY_STATUSES } from '../../common/deliveries';
import type { DeliverySummary, EndpointSummary } from '../../common/deliveriesApi';
import { useT } from '../locale';
import { StatusTag } from './StatusTag';
import { useDeliveriesApi } from './useDeliveriesApi';

export interface WebhookStateProps {
  webhookKey: string;
  /** What the log shows of it: counted again when that changes. */
  rows: readonly DeliverySummary[];
}

/** How one webhook's deliveries stand, and the switch that holds them back. Nothing while it is not enabled. */
export function WebhookState({ webhookKey, rows }: WebhookStateProps) {
  const t = useT();
  const api = useDeliveriesApi();
  const [endpoint, setEndpoint] = useState<EndpointSummary | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let isGone = false;
    api
      .endpoints({ key: webhookKey })
      .then(([found]) => !isGone && setEndpoint(found ?? null))
      .catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [api, webhookKey, rows, turn]);

  if (!endpoint) {
    return null;
  }
  const switchTo = async (paused: boolean) => {
    setBusy(true);
    await api.setPaused(webhookKey, paused).catch(() => undefined);
    setTurn((now) => now + 1);
    setBusy(false);
  };
  return (
    <>
      {endpoint.paused ? (
        <Button type="primary" icon={<PlayCircleOutlined />} loading={isBusy} onClick={() => void switchTo(false)}>
          {t('Resume')}
        </Button>
      ) : (
        <Popconfirm
          title={t('Hold its deliveries back?')}
          description={
            endpoint.sync
              ? t('Callers who wait for the run are answered with 503 until it is resumed.')
              : t('They are stored and answered, and started when it is resumed.')
          }
          onConfirm={() => void switchTo(true)}
        >
          <Button icon={<PauseOutlined />} loading={isBusy}>
            {t('Pause')}
          </Button>
        </Popconfirm>
      )}
      <Flex gap={4} wrap aria-live="polite">
        {endpoint.paused ? <Tag color="orange">{t('Paused')}</Tag> : null}
        {DELIVERY_STATUSES.map((status) =>
          endpoint.counts[status] ? <StatusTag key={status} status={status} count={endpoint.counts[status]} /> : null,
        )}
        {endpoint.notRecorded > 0 ? (
          <Tooltip
            title={t(
              'Calls that were turned away, or that started nothing and came too fast, are only counted: so many since NocoBase started.',
            )}
          >
            <Tag>{t('{{count}} only counted', { count: endpoint.notRecorded.toLocaleString() })}</Tag>
          </Tooltip>
        ) : null}
      </Flex>
    </>
  );
}
