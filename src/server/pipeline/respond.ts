import type { ResponseConfig } from '../../common/config';
import { BODILESS_STATUSES } from '../../common/httpFields';
import { render, type Render } from '../render';
import type { Answer, Services, Started } from './types';

/** The configured answer, its `{{variables}}` filled in: from the run where there is one, else from the request. */
export function respond({ context, run, endpoint, verification }: Started, { env }: Services): Answer {
  if (verification.reply) {
    const { status, headers, contentType, body } = verification.reply;
    return { status, headers: { ...headers, ...(contentType ? { 'content-type': contentType } : {}) }, body: body ?? '' };
  }
  const fill: Render = run
    ? (template) => run.getParsedValue(template)
    : (template) => render(template, { $context: context, $env: env() });
  return configuredAnswer(endpoint.config.response, fill);
}

function configuredAnswer({ status, contentType, headers, body }: ResponseConfig, fill: Render): Answer {
  const named = Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), headerText(fill(value))]));
  if (BODILESS_STATUSES.includes(status)) {
    return { status, headers: named, body: '' };
  }
  const text = isJson(contentType) ? jsonText(body, fill) : plainText(fill(body));
  return { status, headers: text === '' ? named : { ...named, 'content-type': withCharset(contentType) }, body: text };
}

function isJson(contentType: string): boolean {
  return /^application\/(json|[\w.-]+\+json)\b/i.test(contentType);
}

/** A body given as text is read as JSON where it is JSON, so that `{"id": "{{…}}"}` typed into a field does what it says. */
function jsonText(body: unknown, fill: Render): string {
  const filled = fill(typeof body === 'string' ? jsonOrText(body) : body);
  return filled === undefined || filled === null ? '' : JSON.stringify(filled);
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function plainText(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function withCharset(contentType: string): string {
  return /;\s*charset=/i.test(contentType) || !/^(text\/|application\/(json|xml))/i.test(contentType)
    ? contentType
    : `${contentType}; charset=utf-8`;
}

/** A header value that can't end its line: what HTTP doesn't allow there is percent-encoded (RFC 9110 section 5.5). */
function headerText(value: unknown): string {
  return plainText(value).replace(/[^\t\x20-\x7e]/gu, percentEncode);
}

/** UTF-8 bytes as `%XX`; unlike `encodeURIComponent`, no lone surrogate makes it throw. */
function percentEncode(character: string): string {
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
}
