import Busboy from 'busboy';
import { WebhookError } from '../../common/errors';
import { FORM_LIMITS, nestFields } from './form';
import type { MediaType } from './mediaType';
import { storableText } from '../storableText';
import type { ParsedBody, Parser, Upload } from './types';

const MAX_FILES = 100;
/** Parts of any kind: those that are neither a field nor a file are passed over, and take their time all the same. */
const MAX_PARTS = FORM_LIMITS.parameterLimit + MAX_FILES;
/** Bytes that are parsed before it is looked whether the body is refused already. */
const PIECE = 16_384;
/** Characters of a field's name. */
const MAX_NAME = 1000;
/** RFC 2046 section 5.1.1 allows 70 characters. */
const MAX_BOUNDARY = 70;
/** Characters of a file name: with the suffix that a storage adds, any file system takes as many. */
const MAX_FILENAME = 60;

/** `multipart/form-data`, RFC 7578: fields nested by name as in a form, files beside them. */
export const multipart: Parser = async (body, mediaType) => {
  const fields: [name: string, value: string][] = [];
  const uploads: Upload[] = [];
  const parser = openParser(mediaType, body.length);
  let isRefused = false;
  return new Promise<ParsedBody>((resolve, reject) => {
    const refuse = (reason: string, cause?: unknown): void => {
      isRefused = true;
      reject(new WebhookError('BODY_MALFORMED', { reason, cause }));
      parser.destroy();
    };
    // A part need not have a name; the types say it has.
    parser.on('field', (name: string | undefined, value) => {
      if (isTooLong(name)) {
        refuse('a multipart field has too long a name');
      }
      fields.push([name ?? '', value]);
    });
    parser.on('file', (name: string | undefined, stream, { filename, mimeType }) => {
      if (isTooLong(name)) {
        refuse('a multipart file has too long a field name');
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      // A part that breaks off is told by the parser itself; unheard, the stream's own error would end the process.
      stream.on('error', () => undefined);
      stream.on('end', () => {
        const content = Buffer.concat(chunks);
        // Browsers send an empty part for a file input in which nothing was chosen.
        if (filename || content.length > 0) {
          uploads.push({
            field: storableText(name ?? ''),
            filename: safeFilename(filename),
            contentType: mimeType,
            content,
          });
        }
      });
    });
    parser.on('fieldsLimit', () => refuse('the multipart body has too many fields'));
    parser.on('filesLimit', () => refuse('the multipart body has too many files'));
    parser.on('partsLimit', () => refuse('the multipart body has too many parts'));
    parser.on('error', (cause) => refuse('the body is not well-formed multipart', cause));
    parser.on('close', () => {
      try {
        resolve({ data: nestFields(fields), uploads });
      } catch (error) {
        reject(error);
      }
    });
    for (let from = 0; from < body.length && !isRefused; from += PIECE) {
      parser.write(body.subarray(from, from + PIECE));
    }
    if (!isRefused) {
      parser.end();
    }
  });
};

function openParser({ boundary }: MediaType, size: number): Busboy.Busboy {
  if (!boundary || boundary.length > MAX_BOUNDARY) {
    throw new WebhookError('BODY_MALFORMED', { reason: 'the multipart content type names no usable boundary' });
  }
  return Busboy({
    // Written anew: the parser is stricter about this header than senders are.
    headers: { 'content-type': `multipart/form-data; boundary="${boundary.replace(/["\\]/g, '\\$&')}"` },
    defParamCharset: 'utf8',
    limits: {
      fieldSize: size,
      fileSize: size + 1,
      fields: FORM_LIMITS.parameterLimit,
      files: MAX_FILES,
      parts: MAX_PARTS,
    },
  });
}

function isTooLong(name: string | undefined): boolean {
  return name !== undefined && name.length > MAX_NAME;
}

/** A name that is a name in any file system: no folders, no control characters, of bounded length. */
function safeFilename(sent: string | undefined): string {
  const name = storableText(sent ?? '')
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '-')
    .replace(/^.*[\\/]/, '')
    .replace(/^\.+/, '')
    .trim();
  const [, stem = '', extension = ''] = /^(.*?)(\.[^.]{1,20})?$/u.exec(name) ?? [];
  return `${[...stem].slice(0, MAX_FILENAME).join('') || 'file'}${extension}`;
}
