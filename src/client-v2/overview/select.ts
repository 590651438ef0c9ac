import { STATES_TO_DO, type WebhookOverview } from '../../common/overview';
import { findProvider } from '../../common/providers';

export const GROUPS = ['all', 'toDo', 'off'] as const;
export type Group = (typeof GROUPS)[number];

/** Whether a webhook is in a group. */
export function isIn(group: Group, { state }: WebhookOverview): boolean {
  return group === 'all' || (group === 'off' ? state === 'off' : STATES_TO_DO.includes(state));
}

/** Whether a part of its name, service, events, path or key is this. */
export function isFound({ title, provider, events, path, key }: WebhookOverview, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  const service = provider === null ? '' : (findProvider(provider)?.title ?? provider);
  return [title, service, path, key, ...(events ?? [])].some((text) => text.toLowerCase().includes(wanted));
}

/** The share of calls that were refused or whose run failed, from 0 to 1; null: there were none. */
export function errorShare({ calls, refused, failed }: WebhookOverview): number | null {
  return calls === 0 ? (failed > 0 ? 1 : null) : Math.min(1, (refused + failed) / calls);
}
