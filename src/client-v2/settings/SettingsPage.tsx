import { Card, Flex, Spin } from 'antd';
import { NetworkForm } from './NetworkForm';
import { SeenAddress } from './SeenAddress';
import { useWebhookSettings } from './useWebhookSettings';

/** What is set once for all webhooks: by what they are called, and whose word on a caller's address is believed. */
export default function SettingsPage() {
  const { settings, isLoading, save } = useWebhookSettings();
  return (
    <Card variant="borderless">
      <Spin spinning={isLoading}>
        {settings ? (
          <Flex vertical gap="large" style={{ maxWidth: 720 }}>
            <NetworkForm settings={settings} save={save} />
            <SeenAddress settings={settings} />
          </Flex>
        ) : null}
      </Spin>
    </Card>
  );
}
