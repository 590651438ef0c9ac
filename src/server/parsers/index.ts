import { formatOf, type BodyFormat } from '../../common/contentTypes';
import { binary } from './binary';
import { decodeText } from './charset';
import { form } from './form';
import { json } from './json';
import { readMediaType, type MediaType } from './mediaType';
import { multipart } from './multipart';
import { ndjson } from './ndjson';
import { storableText } from '../storableText';
import { storable } from './storable';
import { text } from './text';
import type { Parser, Upload } from './types';
import { parseUndeclared } from './undeclared';
import { encodingOf, xml } from './xml';

const PARSERS: Record<BodyFormat, Parser> = { json, ndjson, form, multipart, xml, text, binary };

/**
 * The body as `$context.data`, by its content type, with the files that it carries. Empty: null.
 * `maxDepth`: levels of lists and objects. Throws `BODY_MALFORMED`, and `TYPE_NOT_SUPPORTED` for a charset or
 * content type that can't be read.
 */
export function parseBody(
  body: Buffer,
  declared: string | string[] | undefined,
  maxDepth: number,
): { data: unknown; uploads: Upload[] } {
  if (body.length === 0) {
    return { data: null, uploads: [] };
  }
  const { data, uploads = [] } = isDeclared(declared) ? parseDeclared(body, declared) : parseUndeclared(body);
  return { data: storable(data, maxDepth), uploads };
}

/** The body of a parsed delivery as text, in its own charset; what isn't text is read as UTF-8, whatever comes of it. */
export function bodyText(body: Buffer, declared: string | string[] | undefined): string {
  return storableText(decodeText(body, isDeclared(declared) ? charsetOf(body, readMediaType(declared)) : undefined));
}

/**
 * As {@link bodyText}, of a body in another charset than UTF-8; null: it is in that one, is no text, or what it is
 * declared as can't be read.
 */
export function foreignText(body: Buffer, declared: string | null): string | null {
  if (!isDeclared(declared ?? undefined)) {
    return null;
  }
  try {
    const charset = charsetOf(body, readMediaType(declared ?? ''));
    return charset === undefined || /^utf-?8$/i.test(charset) ? null : decodeText(body, charset);
  } catch {
    return null;
  }
}

function charsetOf(body: Buffer, { type, charset }: MediaType): string | undefined {
  const format = formatOf(type);
  if (format === 'binary' || format === 'multipart') {
    return undefined;
  }
  return charset ?? (format === 'xml' ? encodingOf(body) : undefined);
}

function parseDeclared(body: Buffer, declared: string): ReturnType<Parser> {
  const mediaType = readMediaType(declared);
  return PARSERS[formatOf(mediaType.type)](body, mediaType);
}

function isDeclared(declared: string | string[] | undefined): declared is string {
  return typeof declared === 'string' && declared.trim() !== '';
}
