import { fieldValue } from '../fields/fieldValue';
import { nestFields, type Field } from '../fields/nestFields';
import { MAX_FIELDS } from '../fields/pairs';
import { storableText } from '../../storableText';
import type { MediaType } from '../mediaType';
import type { Parser, Upload } from '../types';
import { contentText, nameText, readCharsets, type Charsets } from './charsets';
import { safeFilename } from './filename';
import { withoutEncodedWords, type NamedBytes } from './parameters';
import { partsDigest } from './partsDigest';
import { malformed } from './rawPart';
import { readPart, type Part } from './readPart';
import { splitParts } from './split';
import { because } from '../../../common/reasons/reason';

const MAX_FILES = 100;
/** RFC 2046 section 5.1.1 allows 70 characters. */
const MAX_BOUNDARY = 70;
/** What a file is whose sender doesn't say. */
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * `multipart/form-data`, RFC 7578: fields nested by name as in a form, files beside them. Read as leniently as it is sent
 * by browsers, libraries, cameras and mail gateways; of what can't be read nothing is taken.
 */
export const multipart: Parser = (body, mediaType, rules) => {
  const { parts, texts, uploads } = readMultipart(body, mediaType);
  const fields = texts.map(([name, text]): Field<unknown> => [name, fieldValue(name, text, rules)]);
  return {
    data: nestFields(fields),
    uploads,
    digest: () => partsDigest(parts),
    ...(uploads.length > 0 && { withoutFiles: withoutFiles(body, parts) }),
  };
};

/** The fields of a multipart body that are no files, in their order. Throws as {@link multipart} does. */
export function multipartFields(body: Buffer, mediaType: MediaType): readonly Field<string>[] {
  return readMultipart(body, mediaType).texts;
}

function readMultipart(body: Buffer, mediaType: MediaType) {
  const { charset } = mediaType;
  const boundary = boundaryOf(body, mediaType);
  const parts = splitParts(body, boundary, MAX_FIELDS + MAX_FILES)
    .map((part) => readPart(body, part))
    .filter((part) => !isNothing(part));
  const charsets = readCharsets(parts, charset);
  const texts: Field<string>[] = [];
  const uploads: Upload[] = [];
  for (const part of parts) {
    const name = nameOf(part, part.namedAs, charsets);
    if (part.isFile) {
      uploads.push(uploadOf(part, name, charsets));
    } else {
      texts.push([name, contentText(part, name, charsets)]);
    }
  }
  if (texts.length > MAX_FIELDS || uploads.length > MAX_FILES) {
    throw malformed(because('BODY_TOO_COMPLEX', { detail: 'fields' }));
  }
  return { parts, texts, uploads };
}

function boundaryOf(body: Buffer, { boundary, literalBoundary }: MediaType): string {
  if (!boundary) {
    throw malformed(because('CONTENT_TYPE_MALFORMED', { detail: 'boundary' }));
  }
  if (boundary.length > MAX_BOUNDARY) {
    throw malformed(because('CONTENT_TYPE_MALFORMED', { detail: 'boundaryLength' }));
  }
  return literalBoundary && body.includes(`--${literalBoundary}`, 0, 'latin1') ? literalBoundary : boundary;
}

/** Browsers send an empty part for a file input in which nothing was chosen; some senders end with one that is all empty. */
function isNothing({ content, isFile, filename, name }: Part): boolean {
  return content.length === 0 && (isFile ? filename?.bytes.length === 0 : name.length === 0);
}

/** All of the body but what stands in its files. */
function withoutFiles(body: Buffer, parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { contentStart, end } of parts.filter(({ isFile }) => isFile)) {
    pieces.push(body.subarray(from, contentStart));
    from = end;
  }
  return Buffer.concat([...pieces, body.subarray(from)]);
}

function nameOf(part: Part, name: NamedBytes | undefined, charsets: Charsets): string {
  const text = name ? nameText(part, name, charsets) : '';
  return name?.isExtended ? text : withoutEscapes(withoutEncodedWords(text));
}

/** Browsers write these three so (https://html.spec.whatwg.org/#escape-a-multipart-form-data-name). */
function withoutEscapes(name: string): string {
  return name.includes('%')
    ? name.replace(/%(?:22|0a|0d)/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)))
    : name;
}

function uploadOf(part: Part, field: string, charsets: Charsets): Upload {
  const { filename, contentType, content } = part;
  return {
    field: storableText(field),
    filename: safeFilename(nameOf(part, filename, charsets)),
    contentType: contentType || UNKNOWN_TYPE,
    content,
  };
}
