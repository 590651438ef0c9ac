import { WebhookError } from '../../common/errors';
import { enrich } from './enrich';
import type { Services, Stage } from './stage';
import { EarlyAnswer, type Deduped } from './types';

/** Puts the files of a multipart body where NocoBase keeps files. Last before the start: what is refused leaves none. */
export async function storeFiles(delivery: Deduped, { files }: Services): Promise<Deduped> {
  return delivery.uploads.length === 0 ? delivery : enrich(delivery, { files: await files.store(delivery.uploads) });
}

/**
 * The stage as it is, and where it stores no delivery, the files that were stored for it are taken back. A
 * delivery of which that can't be told keeps them: it may run yet, and would miss them.
 */
export function discardingFiles<Out>(stage: Stage<Deduped, Out>): Stage<Deduped, Out> {
  return async (delivery, services) => {
    try {
      const outcome = await stage(delivery, services);
      if (outcome instanceof EarlyAnswer) {
        void services.files.discard(delivery.files);
      }
      return outcome;
    } catch (error) {
      // The caller doesn't wait for it: the database may be what is in trouble.
      void discardIfLost(delivery, error, services);
      throw error;
    }
  };
}

async function discardIfLost({ deliveryId, uploads, files }: Deduped, error: unknown, services: Services) {
  if (uploads.length > 0 && (isRefusedBefore(error) || (await services.deliveries.isLost(deliveryId)))) {
    await services.files.discard(files);
  }
}

/** Whether it was refused before it was given to the database. */
function isRefusedBefore(error: unknown): boolean {
  return error instanceof WebhookError && error.code !== 'NOT_RECORDED';
}
