// Framework-free: what an answer must look like, in the trigger's configuration and in a response node's.

import { CONTENT_TYPE, HEADER_NAME, RESERVED_RESPONSE_HEADERS } from './httpFields';
import { mediaTypeOf } from './contentTypes';
import { all, fields, integer, issue, list, text, type Rule } from './rules';

/** A browser that is told another character set than the true one may read tags where there are none. */
const OTHER_CHARSET = /;\s*charset=(?!"?utf-?8"?\s*(;|$))/i;

/** The types of which a page runs the body as a script: https://mimesniff.spec.whatwg.org/#javascript-mime-type. */
const SCRIPT_TYPE = /^(application|text)\/(x-)?(java|ecma|j|live)script(1\.\d)?$/;

const headerName: Rule = all(text({ min: 1, max: 200 }), (value, at) =>
  HEADER_NAME.test(value as string) ? [] : issue(at, '"{{name}}" is not a valid header name.', { name: String(value) }),
);

const responseHeaderName: Rule = all(headerName, (value, at) =>
  RESERVED_RESPONSE_HEADERS.includes((value as string).toLowerCase())
    ? issue(at, 'The header "{{name}}" is set by the server.', { name: String(value) })
    : [],
);

const contentType: Rule = all(
  text({ min: 1, max: 200 }),
  (value, at) =>
    CONTENT_TYPE.test(value as string) ? [] : issue(at, '"{{type}}" is not a content type.', { type: String(value) }),
  (value, at) =>
    OTHER_CHARSET.test(value as string)
      ? issue(at, 'Answers are sent in UTF-8: give no other character set, or leave it out.')
      : [],
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
  return SCRIPT_TYPE.test(mediaTypeOf(type)) && /\{\{[^{}]+\}\}/.test(JSON.stringify(body ?? null))
    ? issue(
        at === '' ? 'body' : `${at}.body`,
        'A script can hold no variables: what a caller sent would run as code. Answer with JSON.',
      )
    : [];
};
