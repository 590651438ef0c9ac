import type { ReplyConfig } from '../../common/config';
import { isJson, isMarkup } from '../../common/contentTypes';
import { BODILESS_STATUSES } from '../../common/httpFields';
import type { Answer } from '../pipeline/types';
import { render, renderText, toText, type Scope } from '../render';
import { renderMarkup } from './markup';

/** A configured reply as it goes out, its `{{variables}}` filled in from `scope`. */
export function answerOf({ status, contentType, headers, body }: ReplyConfig, scope: Scope): Answer {
  const named = Object.fromEntries(
    headers.map(({ name, value }) => [name.toLowerCase(), headerText(renderText(value, scope))]),
  );
  if (BODILESS_STATUSES.includes(status)) {
    return { status, headers: named, body: '' };
  }
  const text = bodyText(body, contentType, scope);
  return { status, headers: text === '' ? named : { ...named, 'content-type': withCharset(contentType) }, body: text };
}

function bodyText(body: unknown, contentType: string, scope: Scope): string {
  if (isJson(contentType)) {
    return jsonText(body, scope);
  }
  if (isMarkup(contentType)) {
    return renderMarkup(body, scope);
  }
  return typeof body === 'string' ? renderText(body, scope) : toText(render(body, scope));
}

/** A body given as text is read as JSON where it is JSON, so that `{"id": "{{…}}"}` typed into a field does what it says. */
function jsonText(body: unknown, scope: Scope): string {
  const filled = render(typeof body === 'string' ? jsonOrText(body) : body, scope);
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

/** A header value that can't end its line: what HTTP doesn't allow there is percent-encoded (RFC 9110 section 5.5). */
function headerText(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/gu, percentEncode);
}

/** UTF-8 bytes as `%XX`; unlike `encodeURIComponent`, no lone surrogate makes it throw. */
function percentEncode(character: string): string {
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
}
