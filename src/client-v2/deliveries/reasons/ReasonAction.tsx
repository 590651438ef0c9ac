import { useFlowEngine } from '@nocobase/flow-engine';
import { Button } from 'antd';
import { useContext } from 'react';
import type { DeliveryDetail } from '../../../common/deliveriesApi';
import type { ReasonTopic } from '../../../common/reasons/topics';
import { useT } from '../../locale';
import { OpenSection } from './OpenSection';
import { pageOf } from './pageOf';

/** The button that leads to the setting that a reason hangs on; nothing where that is gone. */
export function ReasonAction({ topic, delivery }: { topic: ReasonTopic; delivery: DeliveryDetail }) {
  const t = useT();
  const { app } = useFlowEngine().context;
  const openSection = useContext(OpenSection);
  const { opens } = topic;
  if (openSection && typeof opens === 'object') {
    return (
      <Button size="small" onClick={() => openSection(opens.panel)}>
        {t(topic.action)}
      </Button>
    );
  }
  const page = pageOf(opens, delivery);
  return page === null ? null : (
    <Button size="small" href={app.getHref(page)} target="_blank" rel="noreferrer">
      {t(topic.action)}
    </Button>
  );
}
