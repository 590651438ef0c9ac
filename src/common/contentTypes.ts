// Framework-free: which content types are read, and as what. The one table of them.

/** How a body is read; `binary` is what no other row claims. */
export type BodyFormat = 'json' | 'ndjson' | 'form' | 'multipart' | 'xml' | 'text' | 'binary';

/** One format, with the media types (RFC 9110 section 8.3.1) that announce it. */
export interface ContentTypeRow {
  format: BodyFormat;
  types: readonly string[];
  /** Structured syntax suffix, RFC 6839: any type that ends in it is of this format. */
  suffix?: string;
  /** Any type that starts with it is of this format, unless a row above claims it. */
  prefix?: string;
}

/** Of bytes of any kind: an answer with it says of a file what that itself is. */
export const ANY_FILE = 'application/octet-stream';

/** The formats in the order in which they are tried. */
export const CONTENT_TYPES: readonly ContentTypeRow[] = [
  {
    format: 'json',
    types: ['application/json', 'text/json', 'application/x-json', 'text/x-json', 'application/csp-report'],
    suffix: '+json',
  },
  {
    format: 'ndjson',
    types: [
      'application/x-ndjson',
      'application/ndjson',
      'application/jsonl',
      'application/x-jsonl',
      'application/jsonlines',
      'application/x-jsonlines',
      'text/x-ndjson',
    ],
  },
  { format: 'form', types: ['application/x-www-form-urlencoded', 'application/form-urlencoded'] },
  { format: 'multipart', types: ['multipart/form-data'] },
  { format: 'xml', types: ['application/xml', 'text/xml'], suffix: '+xml' },
  { format: 'text', types: [], prefix: 'text/' },
];

/** Beside XML, what a browser takes for a page or for parts of one. */
const PAGES: readonly string[] = ['text/html', 'text/xsl', 'application/xml-dtd', 'multipart/x-mixed-replace'];

/** Whether a body of this content type is HTML or XML, where a value could bring tags of its own. */
export function isMarkup(contentType: string): boolean {
  const type = mediaTypeOf(contentType);
  return formatOf(type) === 'xml' || PAGES.includes(type);
}

/** The types of which a page runs the body as a script: https://mimesniff.spec.whatwg.org/#javascript-mime-type. */
const SCRIPT = /^(application|text)\/(x-)?(java|ecma|j|live)script(1\.\d)?$/;

/** Whether a body of this content type is a script. */
export function isScript(contentType: string | undefined): boolean {
  return SCRIPT.test(mediaTypeOf(contentType));
}

/** Whether a body of this content type is one JSON value. */
export function isJson(contentType: string): boolean {
  return formatOf(mediaTypeOf(contentType)) === 'json';
}

/** The media type of a content type: without parameters, in lower case; empty: there is none, as in an emptied form. */
export function mediaTypeOf(contentType: string | undefined): string {
  return ((contentType ?? '').split(';')[0] ?? '').trim().toLowerCase();
}

/** The format of a media type without parameters, in lower case. */
export function formatOf(type: string): BodyFormat {
  const row = CONTENT_TYPES.find(
    ({ types, suffix, prefix }) =>
      types.includes(type) ||
      (suffix !== undefined && type.endsWith(suffix)) ||
      (prefix !== undefined && type.startsWith(prefix)),
  );
  return row?.format ?? 'binary';
}
