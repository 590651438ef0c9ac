import { useFlowEngine } from '@nocobase/flow-engine';
import { useEffect, useState } from 'react';
import { STATS_RESOURCE, type StatsAnswer, type StatsSeries } from '../../../common/stats';
import type { ChartRange } from './spans';

/**
 * What was counted of one webhook, or of all; null: not there yet, or not to be had.
 * @param range null: nothing is asked for
 * @param turn asks anew when it changes
 */
export function useStats(key: string | undefined, range: ChartRange | null, turn: number): StatsSeries | null {
  const { apiClient } = useFlowEngine().context.app;
  const [found, setFound] = useState<{ query: string; series: StatsSeries | null }>({ query: '', series: null });
  const query =
    range &&
    new URLSearchParams({
      ...(key && { keys: key }),
      from: String(range.from),
      to: String(range.to),
      step: String(range.step),
    }).toString();

  useEffect(() => {
    let isOld = false;
    if (query !== null) {
      void apiClient
        .request<{ data: StatsAnswer }>({ url: `${STATS_RESOURCE}:query?${query}`, skipNotify: true })
        .then(({ data }) => data.data.series[0] ?? null)
        // Without it there is the log still.
        .catch(() => null)
        .then((series) => isOld || setFound({ query, series }));
    }
    return () => {
      isOld = true;
    };
  }, [apiClient, query, turn]);

  return found.query === query ? found.series : null;
}
