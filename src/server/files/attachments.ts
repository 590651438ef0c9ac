import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { PluginFileManagerServer } from '@nocobase/plugin-file-manager';
import type { Application } from '@nocobase/server';
import { WebhookError } from '../../common/errors';
import type { Upload } from '../parsers/types';
import { writeTransaction } from '../writeTransaction';
import { UnsendableAnswer } from '../reply/answer/UnsendableAnswer';
import { describeUpload, type FileStore, type WebhookFile } from './FileStore';
import { readStored } from './readStored';
import { checkRules, typeByName } from './storageRules';

const COLLECTION = 'attachments';
/** What the collection's column takes. */
const MAX_MIMETYPE = 255;

/** Stores files as attachments in NocoBase's default file storage; without a file manager they are handed on as they are. */
export function attachmentStore(app: Application): FileStore {
  return {
    async store(uploads) {
      if (uploads.length === 0) {
        return [];
      }
      const manager = fileManagerOf(app);
      if (!manager) {
        return uploads.map((upload) => ({ ...describeUpload(upload), base64: upload.content.toString('base64') }));
      }
      return storeAll(manager, uploads);
    },
    async read(file) {
      const manager = fileManagerOf(app);
      if (!manager) {
        throw new UnsendableAnswer('the answer would be a stored file, but no file manager is there');
      }
      return readStored(manager, file);
    },
    async discard(files) {
      const manager = fileManagerOf(app);
      if (manager) {
        await remove(manager, files);
      }
    },
  };
}

/** By name, not by class: the file manager is a plugin that an installation need not have. */
function fileManagerOf(app: Application): PluginFileManagerServer | null {
  const plugin = app.pm.get('file-manager');
  return plugin?.enabled ? (plugin as PluginFileManagerServer) : null;
}

async function storeAll(manager: PluginFileManagerServer, uploads: readonly Upload[]): Promise<WebhookFile[]> {
  const stored: WebhookFile[] = [];
  try {
    const storage = await defaultStorage(manager);
    for (const upload of uploads) {
      checkRules(upload, storage.rules ?? {});
    }
    for (const upload of uploads) {
      stored.push(await storeOne(manager, upload, storage.name));
    }
    return stored;
  } catch (cause) {
    await remove(manager, stored);
    throw cause instanceof WebhookError
      ? cause
      : new WebhookError('FILES_NOT_STORED', { cause, headers: { 'retry-after': '30' } });
  }
}

async function defaultStorage(manager: PluginFileManagerServer) {
  if (manager.storagesCache.size === 0) {
    await manager.loadStorages();
  }
  const storage = [...manager.storagesCache.values()].find(({ default: isDefault }) => isDefault);
  if (!storage) {
    throw new Error('the file manager has no default storage');
  }
  return storage;
}

/** The file manager takes a file from disk, and names what it stores after it. */
async function storeOne(manager: PluginFileManagerServer, upload: Upload, storageName: string): Promise<WebhookFile> {
  const { field, filename, contentType, content } = upload;
  const folder = await mkdtemp(join(tmpdir(), 'webhook-'));
  try {
    const filePath = join(folder, filename);
    await writeFile(filePath, content);
    const record = await manager.createFileRecord({
      collectionName: COLLECTION,
      filePath,
      storageName,
      values: { title: filename.slice(0, filename.length - extname(filename).length), mimetype: mimetypeOf(upload) },
    });
    return { field, contentType, ...record.toJSON() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function mimetypeOf({ filename, contentType }: Upload): string {
  return typeByName(filename) ?? (contentType.length <= MAX_MIMETYPE ? contentType : 'application/octet-stream');
}

/** Takes back what was stored of a delivery that is refused after all. The refusal is what the caller must hear. */
async function remove(manager: PluginFileManagerServer, files: readonly WebhookFile[]): Promise<void> {
  const ids = files.flatMap(({ id }) => (typeof id === 'number' || typeof id === 'string' ? id : []));
  if (ids.length > 0) {
    const { db } = manager;
    await db.sequelize
      .transaction(writeTransaction(db), (transaction) =>
        db.getRepository(COLLECTION).destroy({ filterByTk: ids, transaction }),
      )
      .catch((error: unknown) =>
        manager.app.logger.error('webhook: stored files could not be removed again', { error }),
      );
  }
}
