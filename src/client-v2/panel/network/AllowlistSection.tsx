import { Select, Typography } from 'antd';
import { useT } from '../../locale';
import { useWebhookSettings } from '../../settings/useWebhookSettings';
import { ConfigItem } from '../parts/ConfigItem';

/** From which addresses the webhook may be called. */
export function AllowlistSection() {
  const t = useT();
  const { settings } = useWebhookSettings();
  return (
    <>
      <ConfigItem
        path="ipAllowlist"
        label={t('Addresses that may call')}
        extra={t(
          'IPv4 and IPv6 addresses and networks, such as 192.0.2.7 or 2001:db8::/32. Empty: anyone. Other callers are answered with 403.',
        )}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '\n']} />
      </ConfigItem>
      {settings ? (
        <Typography.Paragraph type="secondary">
          {t(
            'The server sees this browser at {{address}}. If that is a proxy, add it to the trusted proxies in the plugin settings.',
            { address: settings.clientAddress || '?' },
          )}
        </Typography.Paragraph>
      ) : null}
    </>
  );
}
