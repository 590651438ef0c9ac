import { enrich } from './enrich';
import type { Deduped, Services } from './types';

/** Puts the files of a multipart body where NocoBase keeps files. Last before the start: what is refused leaves none. */
export async function storeFiles(delivery: Deduped, { files }: Services): Promise<Deduped> {
  return delivery.uploads.length === 0 ? delivery : enrich(delivery, { files: await files.store(delivery.uploads) });
}
