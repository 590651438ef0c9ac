// Framework-free: what an answer must look like, in the trigger's configuration and in a response node's.

import { CONTENT_TYPE, HEADER_NAME, RESERVED_RESPONSE_HEADERS } from './httpFields';
import { isScript } from './contentTypes';
import { all, fields, integer, issue, list, text, type ConfigIssue, type Rule } from './rules';

/** A browser that is told another character set than the true one may read tags where there are none. */
const OTHER_CHARSET = /;\s*charset=(?!"?utf-?8"?\s*(;|$))/i;

const headerName: Rule = all(text({ min: 1, max: 200 }), (value, at) =>
  HEADER_NAME.test(value as string) ? [] : issue(at, '"{{name}}" is not a valid header name.', { name: String(value) }),
);

const responseHeaderName: Rule = all(headerName, (value, at) =>
  RESERVED_RESPONSE_HEADERS.includes((value as string).toLowerCase())
    ? issue(at, 'The header "{{name}}" is set by the server.', { name: String(value) })
    : [],
);

/** Of a content type. */
export function utf8Alone(value: unknown, at: string): ConfigIssue[] {
  return OTHER_CHARSET.test(value as string)
    ? issue(at, 'Answers are sent in UTF-8: give no other character set, or leave it out.')
    : [];
}

/** Said of a script of which what was sent would be a part. */
export function scriptWithVariables(at: string): ConfigIssue[] {
  return issue(at, 'A script can hold no variables: what a caller sent would run as code. Answer with JSON.');
}

const contentType: Rule = all(
  text({ min: 1, max: 200 }),
  (value, at) =>
    CONTENT_TYPE.test(value as string) ? [] : issue(at, '"{{type}}" is not a content type.', { type: String(value) }),
  utf8Alone,
);

/** Characters of a body as JSON: each call goes through all of it. */
const MAX_BODY = 200_000;

const body: Rule = (value, at) =>
  JSON.stringify(value ?? null).length > MAX_BODY
    ? issue(at, 'This may have at most {{max}} characters.', { max: MAX_BODY })
    : [];

/** The settings of a `ReplyConfig`, by name. */
const REPLY_RULES: Record<string, Rule> = {
  status: integer(200, 599),
  contentType,
  headers: list(fields({ name: responseHeaderName, value: text() }, ['name', 'value'])),
  body,
};

/** A `ReplyConfig`, with more settings beside it. */
export function reply(more: Record<string, Rule> = {}, required: readonly string[] = []): Rule {
  return all(fields({ ...REPLY_RULES, ...more }, required), scriptWithoutVariables);
}

/** No escaping makes safe what stands anywhere in a script. */
const scriptWithoutVariables: Rule = (value, at) => {
  const { contentType: type, body } = value as { contentType?: string; body?: unknown };
  return isScript(type) && /\{\{[^{}]+\}\}/.test(JSON.stringify(body ?? null))
    ? scriptWithVariables(at === '' ? 'body' : `${at}.body`)
    : [];
};
