import { decodePiece, decodeText, extendsAscii, findCharset } from './charset';
import { nestFields, type Field } from './fields/nestFields';
import { readPairs, type RawField } from './fields/pairs';
import { fieldValue } from './fields/fieldValue';
import type { BodyRules, Parser } from './types';

/** `application/x-www-form-urlencoded`; nested names (`a[b]=1`) as {@link nestFields} reads them. */
export const form: Parser = (body, { charset }, rules) => ({ data: parseFormBody(body, charset, rules) });

/** Parses a query string without its question mark; the same rules as for a form. */
export function parseQuery(search: string): Record<string, unknown> {
  // Node reads what isn't ASCII in a URL as a byte a character.
  const bytes = Buffer.from(search, /[^\0-\xff]/.test(search) ? 'utf8' : 'latin1');
  return nestFields(decoded(readPairs(bytes, 'query'), undefined), 'query');
}

function parseFormBody(body: Buffer, declared: string | undefined, rules: BodyRules): Record<string, unknown> {
  const fields = readFields(body, declared);
  return nestFields(
    fields.map(([name, text]) => [name, fieldValue(name, text, rules)]),
    'form',
  );
}

function readFields(body: Buffer, declared: string | undefined): Field<string>[] {
  if (declared !== undefined && !extendsAscii(declared)) {
    return decoded(readPairs(Buffer.from(decodeText(body, declared)), 'form'), undefined);
  }
  const pairs = readPairs(withoutMark(body), 'form');
  // Percent-encoded bytes are in the form's own charset: `%E9` is é in Latin-1.
  return decoded(pairs, declared ?? ownCharset(pairs));
}

function decoded(pairs: readonly RawField[], charset: string | undefined): Field<string>[] {
  return pairs.map(([name, value]) => [decodePiece(name, charset), decodePiece(value, charset)]);
}

/** Fields in which a form says its charset: HTML's, and that of PayPal and Alipay. */
const CHARSET_FIELDS = ['_charset_', 'charset'];

function ownCharset(pairs: readonly RawField[]): string | undefined {
  for (const field of CHARSET_FIELDS) {
    const [, value] = pairs.find(([name]) => name.length === field.length && name.toString('latin1') === field) ?? [];
    const charset = value && findCharset(value.toString('latin1'));
    if (charset && extendsAscii(charset)) {
      return charset;
    }
  }
  return undefined;
}

function withoutMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}
