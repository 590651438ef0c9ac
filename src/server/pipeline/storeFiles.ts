import type { Parsed, Services } from './types';

/** Puts the files of a multipart body where NocoBase keeps files. Last before the start: what is refused leaves none. */
export async function storeFiles(delivery: Parsed, { files }: Services): Promise<Parsed> {
  return delivery.uploads.length === 0 ? delivery : { ...delivery, files: await files.store(delivery.uploads) };
}
