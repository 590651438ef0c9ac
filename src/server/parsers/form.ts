import qs from 'qs';
import { WebhookError } from '../../common/errors';
import { percentDecode, withBrackets, withSpaces } from '../units';
import { decodeText, extendsAscii } from './charset';
import { storableText } from '../storableText';
import type { Parser } from './types';

/** Bounds on what a form or a query may hold: enough for real ones, little enough to be read quickly. */
export const FORM_LIMITS = { depth: 10, parameterLimit: 2000, arrayLimit: 200 };

/** How an encoded name or value becomes text. */
type Decoder = NonNullable<qs.IParseOptions['decoder']>;

/** `application/x-www-form-urlencoded`; nested names (`a[b]=1`) as `qs` reads them. */
export const form: Parser = (body, { charset }) => ({ data: parseFormBody(body, charset) });

/** Parses a query string without its question mark; the same rules as for a form. */
export function parseQuery(search: string): Record<string, unknown> {
  return search === '' ? {} : parsePairs(search, 'query');
}

/** Nests fields that are already decoded, by their names, as a form would. */
export function nestFields(fields: readonly (readonly [name: string, value: string])[]): Record<string, unknown> {
  // Values stand as their index while the names are read: they may be large, and need no decoding.
  const pairs = fields.map(([name], index) => `${encodeURIComponent(storableText(name))}=${index}`).join('&');
  return parsePairs(pairs, 'form', (text, decode, _charset, kind) =>
    kind === 'value' ? fields[Number(text)]?.[1] : decode(text),
  );
}

function parseFormBody(body: Buffer, charset: string | undefined): Record<string, unknown> {
  if (charset === undefined || /^utf-?8$/i.test(charset) || !extendsAscii(charset)) {
    return parsePairs(decodeText(body, charset), 'form');
  }
  // Percent-encoded bytes are in the form's own charset (`%E9` is é in Latin-1), so they are put together first.
  return parsePairs(body.toString('latin1'), 'form', (text) =>
    decodeText(percentDecode(Buffer.from(text, 'latin1')), charset),
  );
}

/** As `qs` decodes by itself, without its patterns: what can't be decoded stays as it is. */
const decodePart: Decoder = (text) => {
  const spaced = withSpaces(text);
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
};

function parsePairs(text: string, what: string, decoder = decodePart): Record<string, unknown> {
  try {
    return qs.parse(withBrackets(text), { ...FORM_LIMITS, strictDepth: true, throwOnLimitExceeded: true, decoder });
  } catch (cause) {
    throw new WebhookError('BODY_MALFORMED', { reason: `the ${what} has too many or too deep names`, cause });
  }
}
