import { useFlowEngine } from '@nocobase/flow-engine';
import { useCallback, useEffect, useState } from 'react';
import {
  SETTINGS_RESOURCE,
  WITH_SHARED_ADDRESS,
  type WebhookSettings,
  type WebhookSettingsInput,
} from '../../common/settings';

export interface WebhookSettingsAccess {
  /** null: not there yet, or this user may not see them. */
  settings: WebhookSettings | null;
  isLoading: boolean;
  /** Gives what is in force now. Rejects with the server's refusal, which NocoBase has shown by then. */
  save: (input: WebhookSettingsInput) => Promise<WebhookSettings>;
}

/** What is asked for besides: an address that callers share, of one webhook (its workflow key) or of all. */
export interface SharedAddressOf {
  sharedAddressOf?: { key?: string };
}

/** What is set once for all webhooks, and how the server sees this browser. */
export function useWebhookSettings({ sharedAddressOf }: SharedAddressOf = {}): WebhookSettingsAccess {
  const { apiClient } = useFlowEngine().context.app;
  const [settings, setSettings] = useState<WebhookSettings | null>(null);
  const [isLoading, setLoading] = useState(true);

  const query = new URLSearchParams({
    ...(sharedAddressOf && { with: WITH_SHARED_ADDRESS }),
    ...(sharedAddressOf?.key && { key: sharedAddressOf.key }),
  }).toString();

  useEffect(() => {
    let isGone = false;
    void apiClient
      // Who may not see them still gets the fields: nothing is to be said about it.
      .request<{ data: WebhookSettings }>({
        url: `${SETTINGS_RESOURCE}:get${query && `?${query}`}`,
        skipNotify: true,
      })
      .then(({ data }) => data.data)
      .catch(() => null)
      .then((loaded) => {
        if (!isGone) {
          setSettings(loaded);
          setLoading(false);
        }
      });
    return () => {
      isGone = true;
    };
  }, [apiClient, query]);

  const save = useCallback(
    async (input: WebhookSettingsInput) => {
      const { data } = await apiClient.request<{ data: WebhookSettings }>({
        url: `${SETTINGS_RESOURCE}:save`,
        method: 'post',
        data: input,
      });
      setSettings(data.data);
      return data.data;
    },
    [apiClient],
  );
  return { settings, isLoading, save };
}
