import { UnorderedListOutlined } from '@ant-design/icons';
import { Button, ConfigProvider, Drawer } from 'antd';
import { useState } from 'react';
import { useT } from '../locale';
import { DeliveriesView } from './DeliveriesView';

/** Opens the deliveries of one webhook over its panel. Works also where the panel can only be read. */
export function DeliveriesButton({ webhookKey }: { webhookKey: string }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
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
        <DeliveriesView webhookKey={webhookKey} />
      </Drawer>
    </ConfigProvider>
  );
}
