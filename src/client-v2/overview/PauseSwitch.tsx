import { Popconfirm, Switch } from 'antd';
import { useState } from 'react';
import type { WebhookOverview } from '../../common/overview';
import { useDeliveriesApi } from '../deliveries/useDeliveriesApi';
import { useT } from '../locale';

export interface PauseSwitchProps {
  webhook: WebhookOverview;
  onChanged: () => void;
}

/** Holds a webhook's deliveries back, or lets them start again. */
export function PauseSwitch({ webhook, onChanged }: PauseSwitchProps) {
  const t = useT();
  const api = useDeliveriesApi();
  const [isBusy, setBusy] = useState(false);
  const [asks, setAsks] = useState(false);
  const { key, title, paused, sync } = webhook;
  if (paused === null) {
    return null;
  }
  const switchTo = async (hold: boolean) => {
    setAsks(false);
    setBusy(true);
    // NocoBase has shown what the server refused.
    await api.setPaused(key, hold).catch(() => undefined);
    setBusy(false);
    onChanged();
  };
  return (
    <Popconfirm
      open={asks}
      onOpenChange={(open) => open || setAsks(false)}
      title={t('Hold its deliveries back?')}
      description={
        sync
          ? t('Callers who wait for the run are answered with 503 until it is resumed.')
          : t('They are stored and answered, and started when it is resumed.')
      }
      onConfirm={() => void switchTo(true)}
      onCancel={() => setAsks(false)}
    >
      <Switch
        size="small"
        checked={!paused}
        loading={isBusy}
        aria-label={t('Start the deliveries of {{title}}', { title })}
        onChange={(on) => (on ? void switchTo(false) : setAsks(true))}
      />
    </Popconfirm>
  );
}
