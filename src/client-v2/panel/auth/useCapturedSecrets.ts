import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { useFlowEngine } from '@nocobase/flow-engine';
import { createContext, useCallback, useEffect, useState } from 'react';
import type { WebhookAuth } from '../../../common/auth';
import { secretUse } from '../../../common/secretUse';
import { CAPTURED_SECRETS, capturesSecrets, type CapturedSecret } from '../../../common/capturedSecrets';

/** Milliseconds between looks, while the page is in sight: the handshake comes while the maker is at the service's page. */
const FOLLOW_MS = 3_000;

export interface CapturedSecretsAccess {
  /** Those for the settings in the form, newest first; null: not there yet, or this user may not see them. */
  secrets: readonly CapturedSecret[] | null;
  confirm(id: string): Promise<void>;
  discard(id: string): Promise<void>;
}

export const CapturedSecretsContext = createContext<CapturedSecretsAccess>({
  secrets: null,
  confirm: () => Promise.resolve(),
  discard: () => Promise.resolve(),
});

/** The secrets that the service handed over to this webhook, followed while the panel is open. */
export function useCapturedSecrets(auth: WebhookAuth): CapturedSecretsAccess {
  const { apiClient } = useFlowEngine().context.app;
  const { key } = useCurrentWorkflowContext();
  const [found, setFound] = useState<readonly CapturedSecret[] | null>(null);
  const isAsked = Boolean(key) && capturesSecrets(auth);

  const ask = useCallback((): Promise<readonly CapturedSecret[] | null> => {
    const url = `${CAPTURED_SECRETS}:list?key=${encodeURIComponent(key ?? '')}`;
    return apiClient
      .request<{ data: CapturedSecret[] }>({ url, skipNotify: true })
      .then(({ data }) => data.data)
      .catch(() => null);
  }, [apiClient, key]);
  // Where the server doesn't answer, what was known stays.
  const take = useCallback((answer: readonly CapturedSecret[] | null) => setFound((before) => answer ?? before), []);

  useEffect(() => {
    if (!isAsked) {
      return undefined;
    }
    let isGone = false;
    const look = () => void ask().then((answer) => isGone || take(answer));
    look();
    const timer = setInterval(() => document.hidden || look(), FOLLOW_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [isAsked, ask, take]);

  const change = (action: string) => async (id: string) => {
    const url = `${CAPTURED_SECRETS}:${action}?filterByTk=${id}`;
    // NocoBase has shown why where it fails.
    await apiClient.request({ url, method: 'post' }).catch(() => undefined);
    take(await ask());
  };
  const use = JSON.stringify(secretUse(auth));
  return {
    secrets: isAsked ? (found?.filter((secret) => JSON.stringify(secret.use) === use) ?? null) : null,
    confirm: change('confirm'),
    discard: change('discard'),
  };
}
