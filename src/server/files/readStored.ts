import type { Readable } from 'node:stream';
import type { PluginFileManagerServer } from '@nocobase/plugin-file-manager';
import type { Model } from '@nocobase/database';
import { UnsendableAnswer } from '../reply/answer/UnsendableAnswer';
import type { StoredFile } from './FileStore';

/** What the file manager takes of a file by default; an answer is in memory as a whole. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Milliseconds until a storage has to have given all of it. */
const MAX_MS = 20_000;

/** Digits of an id that every database takes. */
const ID = /^\d{1,18}$/;

/**
 * Reads a stored file. A record may have come from anywhere, also from who calls: it counts for a file only if all that it
 * says is as it is stored, of which the file's name has a random part.
 */
export async function readStored(
  manager: PluginFileManagerServer,
  file: StoredFile,
): Promise<{ bytes: Buffer; contentType: string }> {
  const { filename } = file;
  const record = await find(manager, file);
  if (!record) {
    throw new UnsendableAnswer(`the file "${filename.slice(0, 100)}" is not among NocoBase's files`);
  }
  try {
    const { stream } = await manager.getFileStream(record.toJSON());
    return { bytes: await take(stream), contentType: String(record.get('mimetype') ?? '') };
  } catch (error) {
    if (error instanceof UnsendableAnswer) {
      throw error;
    }
    manager.app.logger.warn('webhook: a stored file could not be read', { filename, error });
    throw new UnsendableAnswer(`the file "${filename}" could not be read from its storage`);
  }
}

async function find({ db }: PluginFileManagerServer, file: StoredFile): Promise<Model | null> {
  if (!ID.test(String(file.id))) {
    return null;
  }
  for (const { name, options, filterTargetKey } of db.collections.values()) {
    if ((name === 'attachments' || options.template === 'file') && filterTargetKey === 'id') {
      const record = (await db.getRepository(name).findOne({ filterByTk: file.id })) as Model | null;
      if (record && record.get('filename') === file.filename && isSame(record.get('storageId'), file.storageId)) {
        return record;
      }
    }
  }
  return null;
}

function isSame(stored: unknown, said: number | string): boolean {
  return String(stored) === String(said);
}

async function take(stream: Readable): Promise<Buffer> {
  const late = setTimeout(() => stream.destroy(new Error(`not read within ${MAX_MS} ms`)), MAX_MS);
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > MAX_BYTES) {
        throw new UnsendableAnswer(`the file is larger than an answer may be: ${MAX_BYTES} bytes`);
      }
      pieces.push(piece);
    }
  } finally {
    clearTimeout(late);
    stream.destroy();
  }
  return Buffer.concat(pieces, size);
}
