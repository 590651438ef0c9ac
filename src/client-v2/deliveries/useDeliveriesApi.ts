import { useFlowEngine } from '@nocobase/flow-engine';
import { useMemo } from 'react';
import {
  DELIVERIES_RESOURCE,
  ENDPOINTS_RESOURCE,
  type DeliveryDetail,
  type DeliverySummary,
  type EndpointSummary,
  type Erased,
  type EraseInput,
  type ReplayInput,
  type ReplayJob,
} from '../../common/deliveriesApi';

type Query = Record<string, string | number | boolean>;
type Filter = Record<string, unknown>;

/** One page of the log. */
export interface DeliveryPage {
  rows: DeliverySummary[];
  hasNext: boolean;
}

/** The server's actions on deliveries. They reject with what the server refused, which NocoBase has shown by then. */
export interface DeliveriesApi {
  list(filter: Filter, page: number, pageSize: number): Promise<DeliveryPage>;
  get(id: string): Promise<DeliveryDetail>;
  /** The id of the new delivery. */
  replay(id: string, edits: ReplayInput): Promise<string>;
  /** Whether there was something to cancel. */
  cancel(id: string): Promise<boolean>;
  replayMany(filter: Filter): Promise<ReplayJob>;
  replayProgress(id: string): Promise<ReplayJob>;
  stopReplay(id: string): Promise<ReplayJob>;
  erase(id: string, options: EraseInput): Promise<Erased>;
  eraseMany(filter: Filter, options: EraseInput): Promise<Erased>;
  endpoints(query: { search?: string; key?: string }): Promise<EndpointSummary[]>;
  setPaused(key: string, paused: boolean): Promise<void>;
}

export function useDeliveriesApi(): DeliveriesApi {
  const { apiClient } = useFlowEngine().context.app;
  return useMemo(() => {
    const request = async <T>(method: 'get' | 'post', action: string, query: Query, data?: unknown) => {
      const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
      const response = await apiClient.request<T>({ url: `${action}?${search}`, method, data });
      return response.data;
    };
    const get = async <T>(action: string, query: Query) =>
      (await request<{ data: T }>('get', `${DELIVERIES_RESOURCE}:${action}`, query)).data;
    const post = async <T>(action: string, query: Query, data: unknown = {}) =>
      (await request<{ data: T }>('post', `${DELIVERIES_RESOURCE}:${action}`, query, data)).data;
    return {
      async list(filter, page, pageSize) {
        const query = { filter: JSON.stringify(filter), page, pageSize, simplePaginate: true };
        const { data, meta } = await request<{ data: DeliverySummary[]; meta?: { hasNext: boolean } }>(
          'get',
          `${DELIVERIES_RESOURCE}:list`,
          query,
        );
        return { rows: data, hasNext: meta?.hasNext ?? false };
      },
      get: (id) => get<DeliveryDetail>('get', { filterByTk: id }),
      replay: async (id, edits) => (await post<{ id: string }>('replay', { filterByTk: id }, edits)).id,
      cancel: async (id) => (await post<{ cancelled: boolean }>('cancel', { filterByTk: id })).cancelled,
      replayMany: (filter) => post<ReplayJob>('replayMany', {}, { filter }),
      replayProgress: (id) => get<ReplayJob>('replayProgress', { filterByTk: id }),
      stopReplay: (id) => post<ReplayJob>('stopReplay', { filterByTk: id }),
      erase: (id, options) => post<Erased>('erase', { filterByTk: id }, options),
      eraseMany: (filter, options) => post<Erased>('eraseMany', {}, { ...options, filter }),
      endpoints: async (query) =>
        (await request<{ data: EndpointSummary[] }>('get', `${ENDPOINTS_RESOURCE}:list`, { ...query })).data,
      async setPaused(key, paused) {
        const action = `${ENDPOINTS_RESOURCE}:${paused ? 'pause' : 'resume'}`;
        await request('post', action, { filterByTk: key }, {});
      },
    };
  }, [apiClient]);
}
