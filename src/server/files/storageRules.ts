import { extname } from 'node:path';
import { lookup } from 'mrmime';
import { WebhookError } from '../../common/errors';
import type { Upload } from '../parsers/types';
import { because } from '../../common/reasons/reason';

/** What the file manager itself takes where a storage names no size, in bytes. */
const DEFAULT_MAX_SIZE = 20 * 1024 * 1024;

/** `rules` of a file storage: the largest size in bytes, and media types with `*` as `image/*, application/pdf`. */
export interface StorageRules {
  size?: number;
  mimetype?: string;
}

/** Holds a file to the rules that the file manager holds its own uploads to. */
export function checkRules({ filename, content }: Upload, rules: StorageRules): void {
  if (content.length > (rules.size ?? DEFAULT_MAX_SIZE)) {
    throw new WebhookError('BODY_TOO_LARGE', { reason: because('FILE_TOO_LARGE', { file: filename }) });
  }
  // By its name, since that is what it will be served as; what the sender declares proves nothing.
  if (rules.mimetype && !isAllowed(typeByName(filename), rules.mimetype)) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: because('FILE_TYPE_FORBIDDEN', { file: filename }) });
  }
}

/** The media type of a file's extension; undefined: it has none that is known. */
export function typeByName(filename: string): string | undefined {
  return lookup(extname(filename));
}

function isAllowed(type: string | undefined, patterns: string): boolean {
  return patterns
    .split(',')
    .map((pattern) => pattern.trim().toLowerCase())
    .some((pattern) => {
      if (pattern === '*' || pattern === '*/*') {
        return true;
      }
      return pattern.endsWith('/*') ? type?.startsWith(pattern.slice(0, -1)) : type === pattern;
    });
}
