import { EditOutlined, RedoOutlined, StopOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { OPEN_STATUSES } from '../../common/deliveries';
import type { DeliveryDetail, ReplayInput } from '../../common/deliveriesApi';
import { useT } from '../locale';
import { EraseButton } from './erase/EraseButton';
import { ReplayEditor } from './ReplayEditor';
import { useDeliveriesApi } from './useDeliveriesApi';

export interface DeliveryActionsProps {
  delivery: DeliveryDetail;
  /** @param id the new delivery */
  onReplayed: (id: string) => void;
  onChanged: () => void;
}

/** Replays a delivery, as it was or edited, cancels one that has not ended, or erases it. */
export function DeliveryActions({ delivery, onReplayed, onChanged }: DeliveryActionsProps) {
  const t = useT();
  const api = useDeliveriesApi();
  const { message } = App.useApp();
  const [isEditing, setEditing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isRetry = delivery.nextAttemptAt !== null;

  const replay = async (edits: ReplayInput) => {
    setBusy(true);
    try {
      const id = await api.replay(delivery.id, edits);
      void message.success(t('Replayed'));
      setEditing(false);
      onReplayed(id);
    } catch {
      // NocoBase has shown why.
    } finally {
      setBusy(false);
    }
  };
  const cancel = async () => {
    const wasOpen = await api.cancel(delivery.id).catch(() => null);
    if (wasOpen === false) {
      void message.info(t('It had ended already.'));
    }
    onChanged();
  };
  return (
    <Space>
      {OPEN_STATUSES.includes(delivery.status) ? (
        <Popconfirm
          title={isRetry ? t('Give it up, and go on with what waits behind it?') : t('Cancel this delivery?')}
          onConfirm={() => void cancel()}
        >
          <Button danger icon={<StopOutlined />}>
            {isRetry ? t('Skip') : t('Cancel it')}
          </Button>
        </Popconfirm>
      ) : null}
      {delivery.erasedAt === null ? (
        <EraseButton
          title={t('Erase this delivery?')}
          label={t('Erase')}
          mayBeOpen={OPEN_STATUSES.includes(delivery.status)}
          erase={(options) => api.erase(delivery.id, options)}
          onErased={onChanged}
        />
      ) : null}
      <Button icon={<EditOutlined />} disabled={delivery.erasedAt !== null} onClick={() => setEditing(true)}>
        {t('Edit and replay')}
      </Button>
      <Button
        type="primary"
        icon={<RedoOutlined />}
        disabled={delivery.erasedAt !== null}
        loading={isBusy}
        onClick={() => void replay({})}
      >
        {t('Replay')}
      </Button>
      {isEditing ? (
        <ReplayEditor
          delivery={delivery}
          isBusy={isBusy}
          onCancel={() => setEditing(false)}
          onReplay={(edits) => void replay(edits)}
        />
      ) : null}
    </Space>
  );
}
