import { useCallback, useEffect, useState } from 'react';
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

/** What came last, and what it was asked for with. */
interface Loaded {
  rows: DeliverySummary[];
  hasNext: boolean;
  request: string;
}

/** One page of the deliveries that meet the filters; `follow`: loaded again and again while the page is in sight. */
export function useDeliveryList(filters: DeliveryFilters, follow: boolean): DeliveryList {
  const api = useDeliveriesApi();
  const filter = JSON.stringify(toFilter(filters));
  const [wanted, setWanted] = useState({ filter, page: 1, turn: 0 });
  const [loaded, setLoaded] = useState<Loaded>({ rows: [], hasNext: false, request: '' });
  // Another filter begins at its first page.
  const page = wanted.filter === filter ? wanted.page : 1;

  const request = JSON.stringify([filter, page, wanted.turn]);

  useEffect(() => {
    let isOld = false;
    // What was asked for first may come last.
    const take = (change: (now: Loaded) => Loaded) => isOld || setLoaded(change);
    api.list(JSON.parse(filter) as Record<string, unknown>, page, PAGE_SIZE).then(
      (found) => take(() => ({ ...found, request })),
      // NocoBase has shown why; what is there stays.
      () => take((now) => ({ ...now, request })),
    );
    return () => {
      isOld = true;
    };
  }, [api, filter, page, request]);

  const reload = useCallback(() => setWanted((now) => ({ ...now, turn: now.turn + 1 })), [setWanted]);
  const setPage = (next: number) => setWanted(({ turn }) => ({ filter, page: next, turn: turn + 1 }));

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

  const { rows, hasNext } = loaded;
  return { rows, hasNext, page, isLoading: loaded.request !== request, setPage, reload };
}
