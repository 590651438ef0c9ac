import { useCallback, useEffect, useRef, useState } from 'react';
import type { DeliverySummary } from '../../common/deliveriesApi';
import { toFilter, type DeliveryFilters } from './filters';
import { useDeliveriesApi } from './useDeliveriesApi';

/** Rows on a page. */
const PAGE_SIZE = 20;

/** How often a list that follows what comes in is loaded again, in milliseconds. */
const FOLLOW_MS = 5_000;

export interface DeliveryList {
  rows: DeliverySummary[];
  page: number;
  hasNext: boolean;
  isLoading: boolean;
  setPage: (page: number) => void;
  /** Loads the same page again. */
  reload: () => void;
}

/** One page of the deliveries that meet the filters; `follow`: loaded again and again while the page is in sight. */
export function useDeliveryList(filters: DeliveryFilters, follow: boolean): DeliveryList {
  const api = useDeliveriesApi();
  const filter = JSON.stringify(toFilter(filters));
  const [wanted, setWanted] = useState({ filter, page: 1, turn: 0 });
  const [loaded, setLoaded] = useState<{ rows: DeliverySummary[]; hasNext: boolean }>({ rows: [], hasNext: false });
  const [isLoading, setLoading] = useState(true);
  const latest = useRef(0);
  // Another filter begins at its first page.
  const page = wanted.filter === filter ? wanted.page : 1;

  useEffect(() => {
    const request = ++latest.current;
    setLoading(true);
    api
      .list(JSON.parse(filter) as Record<string, unknown>, page, PAGE_SIZE)
      // What was asked for first may come last.
      .then((found) => request === latest.current && setLoaded(found))
      .catch(() => undefined)
      .finally(() => request === latest.current && setLoading(false));
  }, [api, filter, page, wanted.turn]);

  const reload = useCallback(() => setWanted((now) => ({ ...now, turn: now.turn + 1 })), []);
  const setPage = useCallback(
    (next: number) => setWanted(({ turn }) => ({ filter, page: next, turn: turn + 1 })),
    [filter],
  );

  useEffect(() => {
    if (!follow) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (!document.hidden) {
        reload();
      }
    }, FOLLOW_MS);
    return () => clearInterval(timer);
  }, [follow, reload]);

  return { ...loaded, page, isLoading, setPage, reload };
}
