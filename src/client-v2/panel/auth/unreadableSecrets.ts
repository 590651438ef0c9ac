import { useCurrentWorkflowContext } from '@nocobase/plugin-workflow/client-v2';
import { useFlowEngine } from '@nocobase/flow-engine';
import { createContext, useContext, useEffect, useState } from 'react';
import { secretsOf, type WebhookAuth } from '../../../common/auth';
import { secretUse } from '../../../common/secretUse';
import { resolveConfig } from '../../../common/config';
import { ENDPOINTS_RESOURCE, type UnreadableSecrets } from '../../../common/deliveriesApi';
import { toEntry, type SecretInput } from '../../../common/secrets';

/** The stored secrets that the server can't read where they stand, by their `sealed`. */
export const UnreadableSecretsContext = createContext<ReadonlySet<string>>(new Set());

/** For a secret's field: whether what is stored there has to be entered again. */
export function useIsUnreadable(secret: SecretInput | undefined): boolean {
  const { sealed } = toEntry(secret);
  return useContext(UnreadableSecretsContext).has(sealed ?? '');
}

/**
 * What the server says of the saved secrets; and those that were stored for settings that have changed in the form
 * since, which the server will say once they are saved.
 */
export function useUnreadableSecrets(auth: WebhookAuth): ReadonlySet<string> {
  const saved = useSavedUnreadable();
  const { config } = useCurrentWorkflowContext();
  const isOtherUse = JSON.stringify(secretUse(resolveConfig(config).auth)) !== JSON.stringify(secretUse(auth));
  return new Set(isOtherUse ? sealedIn(auth) : sealedIn(auth).filter((sealed) => saved.includes(sealed)));
}

function useSavedUnreadable(): readonly string[] {
  const { apiClient } = useFlowEngine().context.app;
  const { id, config } = useCurrentWorkflowContext();
  const [unreadable, setUnreadable] = useState<readonly string[]>([]);
  useEffect(() => {
    let isGone = false;
    if (id) {
      void apiClient
        // Who may not ask still gets the fields.
        .request<{ data: UnreadableSecrets }>({
          url: `${ENDPOINTS_RESOURCE}:unreadableSecrets?filterByTk=${id}`,
          skipNotify: true,
        })
        .then(({ data }) => data.data.unreadable)
        .catch(() => [])
        .then((found) => isGone || setUnreadable(found));
    }
    return () => {
      isGone = true;
    };
    // Asked again once it is saved.
  }, [apiClient, id, config]);
  return unreadable;
}

/** Every stored secret in the settings. */
function sealedIn(auth: WebhookAuth): string[] {
  const options = auth.type === 'provider' ? Object.values(auth.options ?? {}) : [];
  return [...secretsOf(auth), ...options].flatMap((value) => {
    const isEntry = typeof value === 'object' && value !== null && 'sealed' in value;
    return isEntry && typeof value.sealed === 'string' ? [value.sealed] : [];
  });
}
