import { useFlowEngine } from '@nocobase/flow-engine';
import { useCallback, useEffect, useState } from 'react';
import { ENDPOINTS_RESOURCE } from '../../common/deliveriesApi';
import type { Overview } from '../../common/overview';

/** How often it is loaded again while it is in sight, in milliseconds. */
const REFRESH_MS = 10_000;

export interface OverviewAccess {
  /** null: not there yet. */
  overview: Overview | null;
  /** It could not be loaded; what was there before stays. */
  hasFailed: boolean;
  reload: () => void;
}

/** All webhooks, loaded again and again. */
export function useOverview(): OverviewAccess {
  const { apiClient } = useFlowEngine().context.app;
  const [overview, setOverview] = useState<Overview | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let isOld = false;
    apiClient.request<{ data: Overview }>({ url: `${ENDPOINTS_RESOURCE}:overview`, skipNotify: true }).then(
      ({ data }) => {
        if (!isOld) {
          setOverview(data.data);
          setFailed(false);
        }
      },
      () => isOld || setFailed(true),
    );
    return () => {
      isOld = true;
    };
  }, [apiClient, turn]);

  const reload = useCallback(() => setTurn((now) => now + 1), []);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || reload(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return { overview, hasFailed, reload };
}
