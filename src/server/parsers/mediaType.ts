import { WebhookError } from '../../common/errors';
import { remembering } from '../remembering';
import { because } from '../../common/reasons/reason';

/** A `Content-Type` header, taken apart. */
export interface MediaType {
  /** In lower case, without parameters. */
  type: string;
  charset?: string;
  /** Of a multipart body. */
  boundary?: string;
  /** The same with the apostrophes that it stands in: RFC 2046 has them as characters of a boundary. */
  literalBoundary?: string;
  /** The header as received. */
  declared: string;
}

/** What some senders write in front of the type, and around it. */
const LEAD = /^(?:content-type\s*:)?\s*["']?\s*/i;
const TYPE = /^([\w!#$&^.+-]+\/[\w!#$&^.+-]+)(?=$|[\s;,:"'])/;
const WORD = /^([a-z-]+)(?=$|\s*[;,"'])/i;
const PARAMETER = /[;, ] ?([\w!#$&^.+-]+) ?= ?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^; "]+))/g;

/** Types without the half that says nothing. */
const WORDS: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  form: 'application/x-www-form-urlencoded',
  'x-www-form-urlencoded': 'application/x-www-form-urlencoded',
  'form-data': 'multipart/form-data',
  text: 'text/plain',
  plain: 'text/plain',
  html: 'text/html',
  csv: 'text/csv',
};

/** Parameters by which a body is read: it can't be read by two. */
const DECIDES: readonly string[] = ['charset', 'boundary'];

/** A second type behind the first. */
const ANOTHER = /, ?([\w!#$&^.+-]+\/[\w!#$&^.+-]+)/g;

/**
 * Reads a `Content-Type` header (RFC 9110 section 8.3.1) as it is meant where that is plain: `JSON`, a type that is there
 * twice, a parameter without a semicolon before it. What is no parameter is passed over, as senders append all sorts of
 * things (Alipay: `application/x-www-form-urlencoded; text/html; charset=utf-8`); of a parameter given twice the first
 * counts. Throws `TYPE_NOT_SUPPORTED` where there is no media type at all, several with commas between, or two charsets or
 * boundaries.
 */
export const readMediaType = remembering((declared): Readonly<MediaType> => {
  const text = declared.trim().replace(LEAD, '').replace(/\s+/g, ' ');
  const type = (TYPE.exec(text)?.[1] ?? typeOfWord(text))?.toLowerCase();
  if (type === undefined) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: because('CONTENT_TYPE_MALFORMED', { detail: 'form' }) });
  }
  if ([...text.matchAll(ANOTHER)].some(([, other = '']) => other.toLowerCase() !== type)) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: because('CONTENT_TYPE_MALFORMED', { detail: 'several' }) });
  }
  const parameters = new Map<string, string>();
  let literal: string | undefined;
  for (const [, name = '', quoted, apostrophed, token = ''] of text.replace(ANOTHER, ';').matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    const value = quoted === undefined ? (apostrophed ?? token) : quoted.replace(/\\(.)/g, '$1');
    if (DECIDES.includes(key) && (parameters.get(key) ?? value).toLowerCase() !== value.toLowerCase()) {
      throw new WebhookError('TYPE_NOT_SUPPORTED', {
        reason: because('CONTENT_TYPE_MALFORMED', { detail: 'parameter' }),
      });
    }
    if (!parameters.has(key)) {
      parameters.set(key, value);
      literal = key === 'boundary' && apostrophed !== undefined ? `'${apostrophed}'` : literal;
    }
  }
  return {
    type,
    charset: parameters.get('charset')?.split(',')[0],
    boundary: parameters.get('boundary'),
    literalBoundary: literal,
    declared,
  };
});

function typeOfWord(text: string): string | undefined {
  const word = WORD.exec(text)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

/** As {@link readMediaType}; null where that throws. */
export function findMediaType(declared: string): Readonly<MediaType> | null {
  try {
    return readMediaType(declared);
  } catch {
    return null;
  }
}
