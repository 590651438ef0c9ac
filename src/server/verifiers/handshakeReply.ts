import { createHash, createHmac, sign } from 'node:crypto';
import type { Handshake, KeyFormat } from '../../common/presets';
import { isJson, isMarkup } from '../../common/contentTypes';
import {
  isBare,
  isKeyed,
  isOfCall,
  isSecret,
  type AnswerTime,
  MAX_REPLY_PLACES,
  placesInReply,
  REPLY_PLACEHOLDER,
  SIGNED,
} from '../../common/replyText';
import { withEntities } from '../units';
import { encodeBytes, encodingOf } from './digests';
import { refuse } from './providers/fields';
import { seededKey, sharedKey } from './schemeKeys';
import { describeSource, type Sources } from './Sources';
import type { NotVerified, ProviderReply, ResolvedSecret } from './types';

/** Longest text that is given back to who sent it, in characters. */
const MAX_ECHO = 4096;

/** Longest text that an answer is filled in to, in characters: what is challenged with is short. */
const MAX_ANSWER = 16_384;

/** What is digested for one answer may be so many times as long as the body, and so many bytes more. */
const DIGESTED = { copies: 2, base: 65_536 };

/** What may stand in a header's value, RFC 9110 section 5.5; above all no line break. */
const HEADER_TEXT = /^[\t\x20-\x7e]*$/;

/** A word as challenges are. Nothing else is digested under the secret for who has proven nothing: it could be a body. */
const WORD = /^[\w+/=.~-]{1,512}$/;

export interface ReplyValues {
  sources: Sources;
  /** Null: there is none to digest anything with. */
  secret: ResolvedSecret | null;
  /** All of them, to be had by name. */
  secrets: readonly ResolvedSecret[];
  key: KeyFormat | undefined;
  /** Whether the challenge was signed. */
  isSigned: boolean;
  /** Unix seconds. */
  now: number;
}

/** One answer's filling in. */
interface Filling extends ReplyValues {
  /** Bytes that may still be digested. */
  left: number;
  /** Digests that were made, by how they are written in the answer. */
  digests: Map<string, string>;
}

interface Unfilled {
  reason: string;
  /** The value is there, but can't be given back. */
  isMalformed: boolean;
}

/** The answer to a challenge. A header whose value is missing is left out; a body whose value is missing refuses. */
export function renderReply({ reply }: Pick<Handshake, 'reply'>, given: ReplyValues): ProviderReply | NotVerified {
  // Settings that are older than the rule against it.
  if (placesInReply([reply.body ?? '', ...Object.values(reply.headers ?? {})]) > MAX_REPLY_PLACES) {
    return refuse(TOO_LONG.reason);
  }
  const left = DIGESTED.base + DIGESTED.copies * given.sources.request.rawBody.length;
  const values: Filling = { ...given, left, digests: new Map() };
  const headers: Record<string, string> = {};
  for (const [name, template] of Object.entries(reply.headers ?? {})) {
    const value = fill(template, values, 'header');
    if (typeof value === 'string') {
      headers[name] = value;
    } else if (value.isMalformed) {
      return refuse(value.reason);
    }
  }
  const body = reply.body === undefined ? undefined : fill(reply.body, values, reply.type ?? 'text/plain');
  if (typeof body === 'object') {
    return refuse(body.reason);
  }
  return {
    status: reply.status,
    ...(reply.type && { contentType: reply.type }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(body !== undefined && { body }),
  };
}

function fill(template: string, values: Filling, place: string): string | Unfilled {
  let problem: Unfilled | undefined;
  let room = MAX_ANSWER;
  const text = template.replace(
    REPLY_PLACEHOLDER,
    (_match, digest: string | undefined, encoding: string | undefined, parts: string, source: string) => {
      if (problem) {
        return '';
      }
      const shown = digest ? digestOnce(digest, encoding, parts, values) : givenBack(source, values, place);
      room -= typeof shown === 'string' ? shown.length : 0;
      if (typeof shown === 'object' || room < 0) {
        problem = typeof shown === 'object' ? shown : TOO_LONG;
        return '';
      }
      return escapedFor(place, shown);
    },
  );
  return problem ?? text;
}

/** A value is text, whatever is in it, where the answer is JSON, HTML or XML. */
function escapedFor(place: string, value: string): string {
  if (place === 'header') {
    return value;
  }
  return isJson(place) ? JSON.stringify(value).slice(1, -1) : isMarkup(place) ? withEntities(value) : value;
}

function givenBack(source: string, values: ReplyValues, place: string): string | Unfilled {
  const value = valueOf(source, values);
  if (typeof value !== 'string') {
    return value;
  }
  return value.length > MAX_ECHO || (place === 'header' && !HEADER_TEXT.test(value))
    ? { reason: `${describeSource(source)} can't be given back: too long, or not text.`, isMalformed: true }
    : value;
}

const TOO_LONG: Unfilled = { reason: 'The answer is set up to hold more than any challenge is.', isMalformed: true };

function digestOnce(digest: string, encoding = 'hex', parts: string, values: Filling): string | Unfilled {
  const name = `${digest} ${encoding} ${parts}`;
  const before = values.digests.get(name);
  const made = before ?? digested(digest, encoding, parts, values);
  if (typeof made === 'string') {
    values.digests.set(name, made);
  }
  return made;
}

function digested(digest: string, encoding: string, parts: string, values: Filling): string | Unfilled {
  const names = parts.split('+');
  const texts: (string | Buffer)[] = [];
  if (isBare(digest, parts)) {
    return {
      reason: 'The answer would be a digest of the secret alone, by which it could be guessed.',
      isMalformed: true,
    };
  }
  const usesSecret = isKeyed(digest) || names.some(isSecret);
  // By the key that signs calls, nothing is signed that could be one, whoever asks.
  const isForWords = usesSecret && (!values.isSigned || digest === SIGNED);
  for (const name of names) {
    const value = part(name, values);
    if (typeof value === 'object' && 'reason' in value) {
      return value;
    }
    if (isForWords && isOfCall(name) && !(typeof value === 'string' && WORD.test(value))) {
      return { reason: `${describeSource(name)} is no challenge: too long, or not a plain word.`, isMalformed: true };
    }
    values.left -= value.length;
    if (values.left < 0) {
      return { reason: 'The answer is set up to digest the body more often than any does.', isMalformed: true };
    }
    texts.push(value);
  }
  const bytes = bytesOf(digest, texts, values);
  return bytes ? encodeBytes(bytes, encodingOf(encoding)) : { reason: 'No secret is set.', isMalformed: true };
}

function part(name: string, values: ReplyValues): string | Buffer | Unfilled {
  const { sources, secret, secrets } = values;
  switch (name) {
    case 'body':
      return sources.request.rawBody;
    case 'url':
      return withoutQuery(sources.request.url);
    case 'secret':
      return secret?.value ?? { reason: 'No secret is set.', isMalformed: true };
    default: {
      if (isSecret(name)) {
        const named = secrets.find((one) => one.name === name.slice('secret:'.length));
        return named?.value ?? { reason: `No secret is called "${name.slice('secret:'.length)}".`, isMalformed: true };
      }
      return valueOf(name, values);
    }
  }
}

/** What the call brings, or the time. */
function valueOf(name: string, { sources, now }: Pick<ReplyValues, 'sources' | 'now'>): string | Unfilled {
  const [, step, rest = ''] = /^(now|first|length):(.+)$/s.exec(name) ?? [];
  switch (step) {
    case 'now':
      return timeText(rest as AnswerTime, now);
    case 'first':
      return sources.all(rest)[0] ?? { reason: `${describeSource(rest)} is missing.`, isMalformed: sources.has(rest) };
    case 'length': {
      const value = /^(?:now|first):/.test(rest) ? valueOf(rest, { sources, now }) : readFrom(rest, sources, 'signed');
      return typeof value === 'string' ? `${Buffer.byteLength(value)}${value}` : value;
    }
    default:
      return readFrom(name, sources, 'one');
  }
}

/** @param how `signed`: an empty value is one too */
function readFrom(source: string, sources: Sources, how: 'one' | 'signed'): string | Unfilled {
  const value = sources[how](source);
  return typeof value === 'string' ? value : { reason: value.reason, isMalformed: sources.has(source) };
}

function timeText(how: AnswerTime, now: number): string {
  const seconds = Math.floor(now);
  const text = new Date(seconds * 1000).toISOString();
  const written: Record<AnswerTime, string> = {
    s: String(seconds),
    ms: String(seconds * 1000),
    rfc3339: text.replace('.000', ''),
    YYYYMMDDhhmmss: text.slice(0, 19).replace(/\D/g, ''),
  };
  return written[how];
}

/** Null: there is no key to digest with. */
function bytesOf(digest: string, texts: (string | Buffer)[], { secret, key }: ReplyValues): Buffer | null {
  if (digest === SIGNED) {
    const signer = secret && key?.enc === 'seed' ? seededKey(secret.value, key) : null;
    return signer && sign(null, Buffer.concat(texts.map((text) => Buffer.from(text))), signer);
  }
  const isHmac = isKeyed(digest);
  const alg = isHmac ? digest.slice('hmac-'.length) || 'sha256' : digest;
  const bytes = isHmac && secret ? sharedKey(secret.value, key) : null;
  if (isHmac && !bytes) {
    return null;
  }
  const hash = bytes ? createHmac(alg, bytes) : createHash(alg);
  texts.forEach((text) => hash.update(text as Buffer));
  return hash.digest();
}

/** The webhook's own address, as the service was given it: the challenge stands in the query. */
function withoutQuery(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? url : url.slice(0, start);
}
