import { Alert, Button } from 'antd';
import type { WebhookSettings } from '../../common/settings';
import { useT } from '../locale';

export interface SharedAddressAlertProps {
  settings: WebhookSettings;
  /** Makes the address a trusted proxy; left out: there is no button for it. */
  onTrust?: (address: string) => void;
  /** Makes it one that can be closed. */
  onClose?: () => void;
}

/** Warns where all callers have one address: then a list of addresses and the counts by address can't tell them apart. */
export function SharedAddressAlert({ settings, onTrust, onClose }: SharedAddressAlertProps) {
  const t = useT();
  const { sharedAddress, sources } = settings;
  if (!sharedAddress) {
    return null;
  }
  const { address, calls, forwarded } = sharedAddress;
  return (
    <Alert
      type="warning"
      showIcon
      closable={onClose !== undefined}
      onClose={onClose}
      message={t('All callers have the address {{address}}', { address })}
      description={
        forwarded
          ? t(
              'The last {{calls}} calls came through a proxy that is not trusted, so the callers behind it count as one: a stranger can use up what is meant for the true sender, and a list of addresses lets all of them in or none. Add it to the trusted proxies.',
              { calls },
            )
          : t(
              'The last {{calls}} calls, to several webhooks, came from it. If they are from different senders, something in front of NocoBase hides their addresses: a stranger can use up what is meant for the true sender, and a list of addresses lets all of them in or none. Let it send X-Forwarded-For.',
              { calls },
            )
      }
      action={
        onTrust && forwarded && sources.trustedProxies !== 'environment' ? (
          <Button size="small" onClick={() => onTrust(address)}>
            {t('Trust this proxy')}
          </Button>
        ) : null
      }
    />
  );
}
