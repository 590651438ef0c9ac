import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { SharedAddressAlert } from '../../settings/SharedAddressAlert';
import { useWebhookSettings } from '../../settings/useWebhookSettings';

/** Above all sections, as the one that it concerns is closed: where this webhook's callers can't be told apart. */
export function SharedAddressWarning() {
  const { key } = useCurrentWorkflowContext();
  const { settings } = useWebhookSettings({ sharedAddressOf: { key } });
  return settings ? <SharedAddressAlert settings={settings} /> : null;
}
