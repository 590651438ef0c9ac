import { Card, Flex, Spin } from 'antd';
import type { WebhookSettings } from '../../common/settings';
import { NetworkForm } from './NetworkForm';
import { SeenAddress } from './SeenAddress';
import { SharedAddressAlert } from './SharedAddressAlert';
import { useWebhookSettings } from './useWebhookSettings';

/** What is set once for all webhooks: by what they are called, and whose word on a caller's address is believed. */
export default function SettingsPage() {
  const { settings, isLoading, save } = useWebhookSettings({ sharedAddressOf: {} });
  const trust = ({ trustedProxies }: WebhookSettings, address: string) =>
    // NocoBase has shown what the server refused.
    save({ trustedProxies: [...trustedProxies, address] }).catch(() => undefined);
  return (
    <Card variant="borderless">
      <Spin spinning={isLoading}>
        {settings ? (
          <Flex vertical gap="large" style={{ maxWidth: 720 }}>
            <SharedAddressAlert settings={settings} onTrust={(address) => void trust(settings, address)} />
            {/* Filled in anew where the button above has changed what is saved. */}
            <NetworkForm key={settings.trustedProxies.join()} settings={settings} save={save} />
            <SeenAddress settings={settings} />
          </Flex>
        ) : null}
      </Spin>
    </Card>
  );
}
