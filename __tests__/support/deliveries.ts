import type { Api } from '../../scripts/host';
import { waitFor } from './workflows';
import { told } from './reasons';

/** What a maker reads in the log of deliveries. */
export interface LoggedDelivery {
  status: string;
  reason: string | null;
  secretName: string | null;
  dedupeKey: string | null;
}

/** A webhook's deliveries, oldest first, as soon as there are that many. */
export function loggedDeliveries(api: Api, key: string, count: number): Promise<LoggedDelivery[]> {
  return waitFor(`${count} deliveries of ${key}`, 20_000, async () => {
    const found = await api
      .get<LoggedDelivery[]>('webhookDeliveries:list', {
        filter: JSON.stringify({ key }),
        fields: 'status,reasonCode,reasonValues,secretName,dedupeKey',
        sort: 'id',
      })
      .then(told);
    return found.length >= count && found;
  });
}
