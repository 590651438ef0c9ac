import type { ReplyConfig } from '../../common/config';
import { isJson, isMarkup } from '../../common/contentTypes';
import { BODILESS_STATUSES } from '../../common/httpFields';
import type { Answer } from '../pipeline/types';
import { Filling, toText, type Scope } from '../templates/render';
import { renderMarkup } from './markup';

/** Characters of a value in a header: no client takes much more, and what comes behind is left out. */
const MAX_IN_HEADER = 4_000;

/** How many times as long a character takes in a header as elsewhere: it may have to be written in nine. */
const HEADER_WEIGHT = 50;

/** A configured reply as it goes out, its `{{variables}}` filled in from `scope`. */
export function answerOf({ status, contentType, headers, body }: ReplyConfig, scope: Scope): Answer {
  const filling = new Filling(scope);
  const named = Object.fromEntries(
    headers.map(({ name, value }) => [
      name.toLowerCase(),
      headerText(filling.renderText(value, beginning, HEADER_WEIGHT)),
    ]),
  );
  if (BODILESS_STATUSES.includes(status)) {
    return { status, headers: named, body: '' };
  }
  const text = bodyText(body, contentType, filling);
  return { status, headers: text === '' ? named : { ...named, 'content-type': withCharset(contentType) }, body: text };
}

function bodyText(body: unknown, contentType: string, filling: Filling): string {
  if (isJson(contentType)) {
    return jsonText(body, filling);
  }
  if (isMarkup(contentType)) {
    return renderMarkup(body, filling);
  }
  return typeof body === 'string' ? filling.renderText(body) : toText(filling.render(body));
}

/** A body given as text is read as JSON where it is JSON, so that `{"id": "{{…}}"}` typed into a field does what it says. */
function jsonText(body: unknown, filling: Filling): string {
  const filled = filling.render(typeof body === 'string' ? jsonOrText(body) : body);
  return filled === undefined || filled === null ? '' : JSON.stringify(filled);
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function withCharset(contentType: string): string {
  return /;\s*charset=/i.test(contentType) || !/^(text\/|application\/(json|xml))/i.test(contentType)
    ? contentType
    : `${contentType}; charset=utf-8`;
}

function beginning(text: string): string {
  return text.length > MAX_IN_HEADER ? text.slice(0, MAX_IN_HEADER) : text;
}

/** A header value that can't end its line: what HTTP doesn't allow there is percent-encoded (RFC 9110 section 5.5). */
function headerText(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/gu, percentEncode);
}

/** UTF-8 bytes as `%XX`; unlike `encodeURIComponent`, no lone surrogate makes it throw. */
function percentEncode(character: string): string {
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
}
