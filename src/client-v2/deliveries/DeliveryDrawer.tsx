import { Drawer, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { OPEN_STATUSES } from '../../common/deliveries';
import type { DeliveryDetail } from '../../common/deliveriesApi';
import { useT } from '../locale';
import { DeliveryActions } from './DeliveryActions';
import { DeliveryFacts } from './DeliveryFacts';
import { RequestDetails } from './RequestDetails';
import { useDeliveriesApi } from './useDeliveriesApi';

/** How often one that has not ended is looked at again, in milliseconds. */
const FOLLOW_MS = 2_000;

export interface DeliveryDrawerProps {
  /** null: closed. */
  id: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
  /** Something was replayed or cancelled. */
  onChanged: () => void;
}

/** One delivery: what came, what became of it, and what can be done with it. */
export function DeliveryDrawer({ id, onOpen, onClose, onChanged }: DeliveryDrawerProps) {
  const t = useT();
  const api = useDeliveriesApi();
  const [loaded, setLoaded] = useState<DeliveryDetail | null>(null);
  const [turn, setTurn] = useState(0);
  const delivery = loaded?.id === id ? loaded : null;

  useEffect(() => {
    let isGone = false;
    if (id !== null) {
      api
        .get(id)
        .then((found) => !isGone && setLoaded(found))
        .catch(() => !isGone && onClose());
    }
    return () => {
      isGone = true;
    };
    // `onClose` may be a new function at every render of the page, and is no reason to load again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, id, turn]);

  const isOpen = delivery !== null && OPEN_STATUSES.includes(delivery.status);
  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    const timer = setInterval(() => setTurn((now) => now + 1), FOLLOW_MS);
    return () => clearInterval(timer);
  }, [isOpen]);

  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      width="min(820px, 100vw)"
      title={t('Delivery')}
      extra={
        delivery ? (
          <DeliveryActions
            delivery={delivery}
            onReplayed={(replay) => {
              onChanged();
              onOpen(replay);
            }}
            onChanged={() => {
              onChanged();
              setTurn((now) => now + 1);
            }}
          />
        ) : null
      }
    >
      <Spin spinning={id !== null && delivery === null}>
        {delivery ? (
          <>
            <DeliveryFacts delivery={delivery} onOpen={onOpen} />
            <RequestDetails delivery={delivery} />
          </>
        ) : null}
      </Spin>
    </Drawer>
  );
}
