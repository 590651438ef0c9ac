import type { SignedHeaders } from '../../common/presets';
import { isOfSecret, namesSecret, PLACEHOLDER } from '../../common/signedText';
import { remembering } from '../remembering';
import { digestOf } from './digests';
import { joinedFields } from './joinedFields';
import { refuse } from './providers/fields';
import { signedHeaders } from './signedHeaders';
import type { Sources } from './Sources';
import type { NotVerified } from './types';

/** Signed content in pieces, so that a large body is never copied. */
export type Content = (string | Buffer)[];

/** What a template is filled in with, beside the request. */
export interface ContentValues {
  sources: Sources;
  /** The signed time, as received; null: the scheme has none. */
  ts: string | null;
  secret: string;
  /** Of a scheme that signs headers together. */
  headers?: SignedHeaders;
  /** In place of the received body; left out: that one. */
  body?: Buffer;
}

/** What HubSpot decodes in a URL before it signs it: `: / ? @ ! $ ' ( ) * , ;` */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** A signed text may be so many times as long as the body, and so many characters more: each secret is tried on it. */
const MAX_COPIES = 2;
const MAX_TEXT = 65_536;

/** What fills in one placeholder. */
type Fill = (name: string, values: ContentValues) => string | Buffer | NotVerified;

/** Fills in a scheme's `content`. A value that is missing refuses. */
export function renderContent(template: string, values: ContentValues, filled: Fill = fill): Content | NotVerified {
  const content: Content = [];
  let left = MAX_TEXT + MAX_COPIES * (values.body ?? values.sources.request.rawBody).length;
  for (const [index, part] of partsOf(template).entries()) {
    const piece = index % 2 === 0 ? part : filled(part, values);
    if (typeof piece === 'object' && 'ok' in piece) {
      return piece;
    }
    left -= piece.length;
    if (left < 0) {
      return refuse('The signed text is set up to hold the body, or what is in it, more often than any scheme does.');
    }
    content.push(piece);
  }
  return content;
}

/**
 * Fills in templates for one secret after another. What has no secret in it is the same for all of them, a whole text or
 * a placeholder, and is put together once: a digest of the body takes as long as the body is long.
 */
export function rendering(
  values: Omit<ContentValues, 'secret'>,
): (template: string, secret: string) => Content | NotVerified {
  const known = new Map<string, Content>();
  const pieces = new Map<string, string | Buffer>();
  const once: Fill = (name, all) => {
    const before = pieces.get(name);
    if (before !== undefined) {
      return before;
    }
    const piece = fill(name, all);
    const isMissing = typeof piece === 'object' && 'ok' in piece;
    if (!isMissing && !isOfSecret(name)) {
      pieces.set(name, piece);
    }
    return piece;
  };
  return (template, secret) => {
    const before = known.get(template);
    if (before) {
      return before;
    }
    const content = renderContent(template, { ...values, secret }, once);
    if ('ok' in content || namesSecret(template)) {
      return content;
    }
    // A hash would encode a long text anew for each secret.
    const bytes = content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
    known.set(template, bytes);
    return bytes;
  };
}

/** Text and placeholders in turns, as a split at a group that captures gives them. */
export const partsOf = remembering((template): readonly string[] => template.split(PLACEHOLDER));

/** The text of a placeholder, by its name; a refusal where it is missing. */
export function fill(name: string, values: ContentValues): string | Buffer | NotVerified {
  const { sources, ts, secret, body } = values;
  switch (name) {
    case 'body':
      return body ?? sources.request.rawBody;
    case 'ts':
      return ts ?? refuse('The signed text has a time in it, but where to find it is not set.');
    case 'url':
      return sources.request.url;
    case 'url-decoded':
      return sources.request.url.replace(DECODED, (code) => decodeURIComponent(code));
    case 'url-bare':
      return withoutQuery(sources.request.url);
    case 'path':
      return withoutQuery(targetOf(sources.request.url));
    case 'target':
      return targetOf(sources.request.url);
    case 'method':
      return sources.request.method;
    case 'secret':
      return secret;
    case 'headers':
      return signedHeaders(values.headers, sources);
    default:
      return fillComposed(name, values);
  }
}

function fillComposed(name: string, values: ContentValues): string | NotVerified {
  const colon = name.indexOf(':');
  const before = colon === -1 ? name : name.slice(0, colon);
  const rest = colon === -1 ? '' : name.slice(colon + 1);
  switch (before) {
    case 'sorted':
      return sorted(rest, values);
    case 'sorted-form':
    case 'sorted-query':
      return joinedFields(before === 'sorted-form' ? 'form' : 'query', rest, values.sources);
    default:
      return digestOf(before, () => fill(rest, values)) ?? values.sources.one(name);
  }
}

function sorted(list: string, values: ContentValues): string | NotVerified {
  const texts: string[] = [];
  for (const name of list.split(',')) {
    const text = name === 'secret' ? values.secret : values.sources.one(name);
    if (typeof text !== 'string') {
      return text;
    }
    texts.push(text);
  }
  return texts.sort().join('');
}

function withoutQuery(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? url : url.slice(0, start);
}

/** Path and query, as in a request line. */
function targetOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
}
