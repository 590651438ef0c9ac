import { PLUGIN_NAME } from '../../common/plugin';

// Pages under the same path in both clients, as their routers have it.

/** A version of a workflow in its editor. */
export function workflowPage(id: number | string): string {
  return `/admin/settings/workflow/workflows/${id}`;
}

/** Where workflows are made. */
export const WORKFLOWS_PAGE = '/admin/settings/workflow';

/** What the log is to show, as its page takes it. */
export interface DeliveriesPageQuery {
  /** The workflow key. */
  key?: string;
  /** With commas between. */
  statuses?: string;
}

/** The log of deliveries. */
export function deliveriesPage(query: DeliveriesPageQuery): string {
  return `/admin/settings/${PLUGIN_NAME}/deliveries?${new URLSearchParams({ ...query })}`;
}
