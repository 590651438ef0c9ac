import { UnorderedListOutlined } from '@ant-design/icons';
import { Button, ConfigProvider, Drawer } from 'antd';
import { useContext, useMemo, useState } from 'react';
import type { PanelPlace } from '../../common/reasons/topics';
import { useT } from '../locale';
import { DeliveriesView } from './DeliveriesView';
import { OpenSection } from './reasons/OpenSection';

/** Opens the deliveries of one webhook over its panel. Works also where the panel can only be read. */
export function DeliveriesButton({ webhookKey }: { webhookKey: string }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const inPanel = useContext(OpenSection);
  const openSection = useMemo(
    () =>
      inPanel &&
      ((section: PanelPlace) => {
        setOpen(false);
        inPanel(section);
      }),
    [inPanel],
  );
  return (
    <ConfigProvider componentDisabled={false}>
      <Button icon={<UnorderedListOutlined />} onClick={() => setOpen(true)}>
        {t('Deliveries')}
      </Button>
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        width="min(1200px, 100vw)"
        title={t('Deliveries')}
        destroyOnClose
      >
        <OpenSection.Provider value={openSection}>
          <DeliveriesView webhookKey={webhookKey} />
        </OpenSection.Provider>
      </Drawer>
    </ConfigProvider>
  );
}
