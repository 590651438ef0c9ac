import { WebhookError } from '../../common/errors';
import { decodePiece, decodeText, extendsAscii, findCharset, isPlainUtf8, shifts } from './charset';
import { nestFields, type Field } from './fields/nestFields';
import { readPairs, type RawField } from './fields/pairs';
import { fieldValue } from './fields/fieldValue';
import type { BodyRules, Parser } from './types';
import { because } from '../../common/reasons/reason';

/** `application/x-www-form-urlencoded`; nested names (`a[b]=1`) as {@link nestFields} reads them. */
export const form: Parser = (body, { charset }, rules) => ({ data: parseFormBody(body, charset, rules) });

/** Parses a query string without its question mark; the same rules as for a form. */
export function parseQuery(search: string): Record<string, unknown> {
  return nestFields(queryFields(search));
}

/**
 * The names and values of a query string without its question mark, in their order: as the workflow gets them, so that
 * verification reads them so too. Throws `BODY_MALFORMED` for too many.
 */
export function queryFields(search: string): Field<string>[] {
  // Node reads what isn't ASCII in a URL as a byte a character.
  const bytes = Buffer.from(search, /[^\0-\xff]/.test(search) ? 'utf8' : 'latin1');
  return decoded(readPairs(bytes), undefined);
}

/** The names and values of a form in UTF-8, in their order; otherwise as {@link queryFields}. */
export function formFields(body: Buffer): Field<string>[] {
  return decoded(readPairs(withoutMark(body)), undefined);
}

/** A delimiter and a header behind it, as no form that is encoded begins. */
const PARTS = /^\s*--[^\r\n]+[\r\n]+content-[a-z-]+[ \t]*:/i;

function parseFormBody(body: Buffer, declared: string | undefined, rules: BodyRules): Record<string, unknown> {
  if (PARTS.test(body.toString('latin1', 0, 1_024))) {
    throw new WebhookError('BODY_MALFORMED', { reason: because('CONTENT_TYPE_MALFORMED', { detail: 'notMultipart' }) });
  }
  const fields = readFields(body, declared);
  return nestFields(fields.map(([name, text]) => [name, fieldValue(name, text, rules)]));
}

function readFields(body: Buffer, declared: string | undefined): Field<string>[] {
  if (declared !== undefined && !splitsAsBytes(body, declared)) {
    return asText(body, declared);
  }
  const pairs = readPairs(withoutMark(body));
  // Percent-encoded bytes are in the form's own charset: `%E9` is é in Latin-1.
  const charset = declared ?? ownCharset(pairs);
  return charset === undefined || splitsAsBytes(body, charset) ? decoded(pairs, charset) : asText(body, charset);
}

/** Whether `&` and `=` among the bytes are these characters. */
function splitsAsBytes(body: Buffer, charset: string): boolean {
  return extendsAscii(charset) && !shifts(body, charset);
}

function asText(body: Buffer, charset: string): Field<string>[] {
  return decoded(readPairs(Buffer.from(decodeText(body, charset))), undefined);
}

function decoded(pairs: readonly RawField[], charset: string | undefined): Field<string>[] {
  return pairs.map(([name, value]) => [decodePiece(name, charset), decodePiece(value, charset)]);
}

/** Fields in which a form says its charset: HTML's, and that of PayPal and Alipay. */
const CHARSET_FIELDS = ['_charset_', 'charset'];

/**
 * The charset that a form names itself; undefined: none. One that isn't known can be any field's value: it is refused
 * where the form may be in it. Of one that is no charset for forms, such as UTF-16, browsers send UTF-8.
 */
function ownCharset(pairs: readonly RawField[]): string | undefined {
  const named = CHARSET_FIELDS.flatMap((field) => {
    const [, value] = pairs.find(([name]) => name.length === field.length && name.toString('latin1') === field) ?? [];
    const charset = value?.toString('latin1').trim() ?? '';
    return charset === '' ? [] : [{ field, charset }];
  });
  const usable = named.find(({ charset }) => findCharset(charset) && extendsAscii(charset));
  if (usable) {
    return usable.charset;
  }
  for (const { field, charset } of named) {
    if (!pairs.every((pair) => pair.every((bytes) => isPlainUtf8(bytes, charset)))) {
      throw new WebhookError('BODY_MALFORMED', {
        reason: because('CHARSET_UNKNOWN', { charset: `${field}: ${charset}` }),
      });
    }
  }
  return undefined;
}

function withoutMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}
