import { isRecord } from '../../common/rules';
import type { Upload } from '../parsers/types';

/**
 * An item of `$context.files`: an attachment record (`id`, `title`, `url`, …) where NocoBase's file manager is
 * there, else the file itself in `base64`.
 */
export interface WebhookFile {
  /** Name of the form field that carried it. */
  field: string;
  /** As stored; not stored: as the sender calls it. */
  filename: string;
  /** As the sender declares it. */
  contentType: string;
  /** Bytes. */
  size: number;
  base64?: string;
  [attachmentField: string]: unknown;
}

/** Where the files of a delivery go. */
export interface FileStore {
  /**
   * Stores all of them or none. Throws `BODY_TOO_LARGE` or `TYPE_NOT_SUPPORTED` for what the storage's rules
   * forbid, `FILES_NOT_STORED` where storing fails.
   */
  store(uploads: readonly Upload[]): Promise<WebhookFile[]>;
  /**
   * What is in a stored file. Rejects with `UnsendableAnswer` where there is no such, by all that the record says, or it is
   * larger than an answer may be.
   */
  read(file: StoredFile): Promise<{ bytes: Buffer; contentType: string }>;
  /** Takes back what was stored of a delivery that is refused after all. Never rejects: what fails is logged. */
  discard(files: readonly WebhookFile[]): Promise<void>;
}

/** A record of one of NocoBase's file collections, such as an attachment. */
export interface StoredFile {
  id: number | string;
  filename: string;
  storageId: number | string;
}

/** Whether a value looks like such a record; whether it is one is for the database to tell. */
export function isStoredFile(value: unknown): value is StoredFile {
  return (
    isRecord(value) &&
    ['number', 'string'].includes(typeof value.id) &&
    ['number', 'string'].includes(typeof value.storageId) &&
    typeof value.filename === 'string' &&
    'extname' in value &&
    'mimetype' in value
  );
}

/** A file before it is stored, as the stages up to then see it. */
export function describeUpload({ field, filename, contentType, content }: Upload): WebhookFile {
  return { field, filename, contentType, size: content.length };
}
