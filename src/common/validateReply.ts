// Framework-free: what an answer must look like, in the trigger's configuration and in a response node's.

import { CONTENT_TYPE, HEADER_NAME, RESERVED_RESPONSE_HEADERS } from './httpFields';
import { all, anything, fields, integer, issue, list, text, type Rule } from './rules';

const headerName: Rule = all(text({ min: 1, max: 200 }), (value, at) =>
  HEADER_NAME.test(value as string) ? [] : issue(at, '"{{name}}" is not a valid header name.', { name: String(value) }),
);

const responseHeaderName: Rule = all(headerName, (value, at) =>
  RESERVED_RESPONSE_HEADERS.includes((value as string).toLowerCase())
    ? issue(at, 'The header "{{name}}" is set by the server.', { name: String(value) })
    : [],
);

const contentType: Rule = all(text({ min: 1, max: 200 }), (value, at) =>
  CONTENT_TYPE.test(value as string) ? [] : issue(at, '"{{type}}" is not a content type.', { type: String(value) }),
);

/** The settings of a `ReplyConfig`, by name. */
export const REPLY_RULES: Record<string, Rule> = {
  status: integer(200, 599),
  contentType,
  headers: list(fields({ name: responseHeaderName, value: text() }, ['name', 'value'])),
  body: anything,
};
