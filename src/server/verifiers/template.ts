import { isUtf8 } from 'node:buffer';
import type { SignedHeaders } from '../../common/presets';
import { baseOf, isOfSecret, namesSecret, PLACEHOLDER, stepsOf } from '../../common/signedText';
import { remembering } from '../remembering';
import { fieldsWithLengths, isOrder, joinedFields } from './joinedFields';
import { refuse } from './providers/fields';
import { putThrough } from './putThrough';
import { signedHeaders } from './signedHeaders';
import { itemWith } from './signatureItem';
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
  /** What stands beside the signature, in its list. */
  items?: readonly string[];
  /** In place of the received body; left out: that one. */
  body?: Buffer;
}

/** What HubSpot decodes in a URL before it signs it: `: / ? @ ! $ ' ( ) * , ;` */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** A signed text may be so many times as long as the body, and so many characters more: each secret is tried on it. */
const MAX_COPIES = 2;
const MAX_TEXT = 65_536;

/**
 * Steps that write a text anew. Of bytes that are none, each is the same mark to them, so that others could stand in their
 * place under the same signature; and it takes three times as long.
 */
const TEXT_STEPS: ReadonlySet<string> = new Set(['lower', 'upper', 'quoted', 'percent', 'plus', 'net']);

/** Characters from which on a text is encoded once for all secrets. */
const LONG = 4096;

/** A character that a step has written, as so many that are looked through: percent-encoded, each byte is several. */
const WRITTEN = 2;

const TOO_LONG = 'The signed text is set up to hold the body, or what is in it, more often than any scheme does.';

function roomOf(values: ContentValues): number {
  return MAX_TEXT + MAX_COPIES * (values.body ?? values.sources.request.rawBody).length;
}

/** What fills in one placeholder. */
type Fill = (name: string, values: ContentValues) => string | Buffer | NotVerified;

/** Fills in a scheme's `content`. A value that is missing refuses. */
export function renderContent(template: string, values: ContentValues, filled: Fill = fill): Content | NotVerified {
  const content: Content = [];
  let left = roomOf(values);
  for (const [index, part] of partsOf(template).entries()) {
    const piece = index % 2 === 0 ? part : filled(part, values);
    if (typeof piece === 'object' && 'ok' in piece) {
      return piece;
    }
    left -= piece.length;
    if (left < 0) {
      return refuse(TOO_LONG);
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
  const pieces = new Map<string, string | Buffer | NotVerified>();
  const bytesOf = new Map<string, Buffer>();
  const once: Fill = (name, all) => {
    const before = pieces.get(name);
    if (before !== undefined) {
      return before;
    }
    const piece = fill(name, all);
    if (!isOfSecret(name)) {
      // One that is missing too: it may have taken as long to find that out.
      pieces.set(name, piece);
      if (typeof piece === 'string' && piece.length >= LONG) {
        bytesOf.set(piece, Buffer.from(piece));
      }
    }
    return piece;
  };
  return (template, secret) => {
    const before = known.get(template);
    if (before) {
      return before;
    }
    const content = renderContent(template, { ...values, secret }, once);
    if ('ok' in content) {
      return content;
    }
    // A hash would encode a long text anew for each secret.
    if (namesSecret(template)) {
      return content.map((piece) => (typeof piece === 'string' ? (bytesOf.get(piece) ?? piece) : piece));
    }
    const bytes = content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
    known.set(template, bytes);
    return bytes;
  };
}

/** Text and placeholders in turns, as a split at a group that captures gives them. */
export const partsOf = remembering((template): readonly string[] => template.split(PLACEHOLDER));

/** The text of a placeholder, by its name; a refusal where it is missing. */
export function fill(name: string, values: ContentValues): string | Buffer | NotVerified {
  const [step, ...rest] = stepsOf(name);
  if (step === undefined) {
    return fillBase(name, values);
  }
  const value = fill([...rest, baseOf(name)].join(':'), values);
  if (typeof value === 'object' && 'ok' in value) {
    return value;
  }
  values.sources.lookThrough(value.length);
  if (TEXT_STEPS.has(step) && typeof value !== 'string' && !isUtf8(value)) {
    return refuse('The signed text has the body in it as a text, and the body is none in UTF-8.');
  }
  const put = putThrough(step, value);
  values.sources.lookThrough(WRITTEN * put.length);
  return put;
}

function fillBase(name: string, values: ContentValues): string | Buffer | NotVerified {
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
  const [order = '', place = '', encoding] = before.split('-');
  switch (before) {
    case 'sorted':
      return sorted(rest, values);
    case 'sig':
      return itemWith(values.items ?? [], rest);
    case 'lengths-form':
      return values.sources.once(name, () => fieldsWithLengths(rest, values.sources));
    case 'sorted-json':
    case 'received-json':
      return values.sources.objectText({ isSorted: order === 'sorted', without: rest.slice(1).split(',') });
    default:
      return isOrder(order) && (place === 'form' || place === 'query')
        ? values.sources.once(name, () => joinedFields({ place, order, how: rest, encoding }, values.sources))
        : values.sources.signed(name);
  }
}

function sorted(list: string, values: ContentValues): string | NotVerified {
  const texts: string[] = [];
  let left = roomOf(values);
  for (const name of list.split(',')) {
    const text = name === 'secret' ? values.secret : values.sources.signed(name);
    if (typeof text !== 'string') {
      return text;
    }
    left -= text.length;
    if (left < 0) {
      return refuse(TOO_LONG);
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
