import { isRecord } from '../../common/rules';
import type { Parser } from './types';

/** Bytes as `$context.data` holds them. */
export interface BinaryData {
  base64: string;
  contentType: string;
  /** In bytes. */
  size: number;
}

/** What is none of the formats: its bytes, in a form that JSON can hold. `size` in bytes. */
export const binary: Parser = (body, { declared }) => ({
  data: { base64: body.toString('base64'), contentType: declared, size: body.length },
});

/** Whether parsed data is what this format makes, or looks just like it. */
export function isBinaryData(data: unknown): data is BinaryData {
  return (
    isRecord(data) &&
    typeof data.base64 === 'string' &&
    typeof data.contentType === 'string' &&
    typeof data.size === 'number' &&
    Object.keys(data).length === 3
  );
}
