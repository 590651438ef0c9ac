import { isUtf8 } from 'node:buffer';
import { isRecord } from '../../../common/rules';
import { parseUnverified } from '../../boundedJson';
import { decodeText, extendsAscii, findCharset, isTransferEncoding } from '../charset';
import type { Part } from './readPart';
import { malformedPart } from './rawPart';

/** Characters of a field that tells charsets. */
const MAX_TOLD = 20_000;

/** In which charsets the texts of a multipart body are. */
export interface Charsets {
  /** Of all fields; undefined: UTF-8. */
  common: string | undefined;
  /** Of single fields, by name. */
  byName: ReadonlyMap<string, string>;
}

/**
 * What the body itself says of its charsets: for all fields in `_charset_` (RFC 7578 section 4.6), and for each in
 * SendGrid's `charsets`, a JSON object of them.
 * @param declared by the content type
 */
export function readCharsets(parts: readonly Part[], declared: string | undefined): Charsets {
  const told = (field: string): string => {
    const part = parts.find(({ name, isFile }) => !isFile && name.equals(Buffer.from(field)));
    return part && part.content.length <= MAX_TOLD ? part.content.toString('latin1').trim() : '';
  };
  const common = [told('_charset_'), declared ?? ''].find((name) => name !== '' && isUsable(name));
  const byName = new Map<string, string>();
  const charsets = told('charsets');
  const named = charsets.startsWith('{') ? parseUnverified(charsets) : undefined;
  for (const [name, charset] of Object.entries(isRecord(named) ? named : {})) {
    if (typeof charset === 'string' && findCharset(charset)) {
      byName.set(name, charset);
    }
  }
  return { common, byName };
}

function isUsable(name: string): boolean {
  return findCharset(name) !== null && extendsAscii(name);
}

/** A name of a part or file as text. */
export function nameText(bytes: Buffer, { common }: Charsets): string {
  return decodeText(bytes, isUtf8(bytes) ? undefined : common);
}

/**
 * A part's content as text: in its own charset, or what the body says. Throws `BODY_MALFORMED` for a charset that isn't
 * known where the content could mean something else than in UTF-8.
 */
export function contentText(part: Part, name: string, { common, byName }: Charsets): string {
  const { content, charset } = part;
  if (charset === undefined) {
    return decodeText(content, byName.get(name) ?? (isUtf8(content) ? undefined : common));
  }
  if (findCharset(charset)) {
    return decodeText(content, charset);
  }
  if (isTransferEncoding(charset) || !isUtf8(content)) {
    throw malformedPart(part, 'is in a charset that is not known', `Content-Type: …; charset=${charset}`);
  }
  return content.toString('utf8');
}
