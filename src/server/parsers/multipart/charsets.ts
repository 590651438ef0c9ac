import { isRecord } from '../../../common/rules';
import { parseUnverified } from '../../boundedJson';
import { decodeText, extendsAscii, findCharset, isPlainUtf8, isTransferEncoding } from '../charset';
import type { NamedBytes } from './parameters';
import { malformedPart, type RawPart } from './rawPart';
import type { Part } from './readPart';

/** Bytes of a field that tells charsets: of 2,000 fields more than enough. */
const MAX_TOLD = 100_000;

/** A charset that a body names, known or not. */
interface Told {
  charset: string;
  /** Where it is named, for the reason of a refusal. */
  where: string;
}

/** In which charsets the texts of a multipart body are. */
export interface Charsets {
  /** Of all fields; undefined: UTF-8. */
  common: Told | undefined;
  /** Of single fields, by name. */
  byName: ReadonlyMap<string, string>;
}

/**
 * What the body itself says of its charsets: for all fields in `_charset_` (RFC 7578 section 4.6), and for each in
 * SendGrid's `charsets`, a JSON object of them. Throws `BODY_MALFORMED` where it says two things.
 * @param declared by the content type
 */
export function readCharsets(parts: readonly Part[], declared: string | undefined): Charsets {
  const common = [
    { charset: told(parts, '_charset_'), where: '_charset_: ' },
    { charset: declared?.trim() ?? '', where: 'Content-Type: multipart/form-data; charset=' },
  ].filter(({ charset }) => charset !== '');
  const byName = new Map<string, string>();
  const charsets = told(parts, 'charsets');
  const named = charsets.startsWith('{') ? parseUnverified(charsets) : undefined;
  for (const [name, charset] of Object.entries(isRecord(named) ? named : {})) {
    if (typeof charset === 'string' && charset.trim() !== '') {
      byName.set(name, charset.trim());
    }
  }
  return { common: common.find(({ charset }) => isUsable(charset)) ?? common[0], byName };
}

function told(parts: readonly Part[], field: string): string {
  const wanted = Buffer.from(field);
  const [first, ...more] = parts.filter(({ name, isFile }) => !isFile && name.equals(wanted));
  if (!first) {
    return '';
  }
  const another = more.find(({ content }) => !content.equals(first.content));
  if (another) {
    throw malformedPart(another, 'charsets', field);
  }
  if (first.content.length > MAX_TOLD) {
    throw malformedPart(first, 'charsets', field);
  }
  return first.content.toString('latin1').trim();
}

function isUsable(name: string): boolean {
  return findCharset(name) !== null && extendsAscii(name);
}

/**
 * A name of a part or file as text: in the charset that stands with it, or that of the body. Throws as
 * {@link contentText}.
 */
export function nameText(part: RawPart, { bytes, charset }: NamedBytes, charsets: Charsets): string {
  if (!charset) {
    return commonText(part, bytes, charsets);
  }
  if (findCharset(charset)) {
    return decodeText(bytes, charset);
  }
  return plainText(part, bytes, { charset, where: 'Content-Disposition: …*=' });
}

/**
 * A part's content as text: in its own charset, or what the body says. Throws `BODY_MALFORMED` for a charset that isn't
 * known where the content could mean something else than in UTF-8.
 */
export function contentText(part: Part, name: string, charsets: Charsets): string {
  const { content, charset } = part;
  const named = charset ?? charsets.byName.get(name);
  if (named === undefined) {
    return commonText(part, content, charsets);
  }
  if (findCharset(named)) {
    return decodeText(content, named);
  }
  const where = charset === undefined ? `charsets: … ${JSON.stringify(name)}: ` : 'Content-Type: …; charset=';
  if (charset !== undefined && isTransferEncoding(charset)) {
    throw unknownCharset(part, { charset, where });
  }
  return plainText(part, content, { charset: named, where });
}

/** What is UTF-8 is read as that, since browsers and libraries write it into forms of any charset. */
function commonText(part: RawPart, bytes: Buffer, { common }: Charsets): string {
  if (!common || isPlainUtf8(bytes, common.charset) || !isUsable(common.charset)) {
    return common ? plainText(part, bytes, common) : decodeText(bytes, undefined);
  }
  return decodeText(bytes, common.charset);
}

/** Text of bytes that can only be UTF-8, whatever charset is named. */
function plainText(part: RawPart, bytes: Buffer, told: Told): string {
  if (!isPlainUtf8(bytes, told.charset)) {
    throw unknownCharset(part, told);
  }
  return decodeText(bytes, undefined);
}

function unknownCharset(part: RawPart, { charset, where }: Told) {
  return malformedPart(part, 'charset', `${where}${charset}`);
}
