import { Descriptions, Typography } from 'antd';
import type { WebhookSettings } from '../../common/settings';
import { useT } from '../locale';

/** How this very browser's request reached the server: the quickest way to find a proxy that is missing. */
export function SeenAddress({ settings }: { settings: WebhookSettings }) {
  const t = useT();
  const chain = [...settings.forwardedFor, settings.socketAddress];
  return (
    <div>
      <Descriptions
        bordered
        size="small"
        column={1}
        title={t('How the server sees this browser')}
        items={[
          { key: 'client', label: t('Your address'), children: settings.clientAddress || t('It can not be told.') },
          { key: 'chain', label: t('Forwarded by'), children: chain.join(' → ') },
        ]}
      />
      <Typography.Paragraph type="secondary" style={{ marginTop: 8 }}>
        {t(
          'If this is not the address you have, the proxy that it belongs to is missing above. From left to right: what the caller may have written, then each proxy; the last one is who connected to NocoBase.',
        )}
      </Typography.Paragraph>
    </div>
  );
}
