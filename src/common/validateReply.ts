// Framework-free: what an answer must look like, in the trigger's configuration and in a response node's.

import type { ReplyConfig } from './config';
import { isJson, isScript } from './contentTypes';
import {
  CONTENT_TYPE,
  HEADER_NAME,
  MAX_CONTENT_TYPE,
  RESERVED_RESPONSE_HEADERS,
  SINGLE_HEADERS,
  STATUSES,
} from './httpFields';
import { all, fields, integer, issue, list, text, type ConfigIssue, type Rule } from './rules';
import { bareVariableIn, holdsVariable } from './templateNames';

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

/** Characters of a text that says a status or a content type by a variable. */
const MAX_TEMPLATE = 500;

/** A number, its digits, or a variable that says it: what that comes to is looked at when it is answered. */
const status: Rule = (value, at) => {
  const { min, max } = STATUSES;
  if (typeof value === 'string' && holdsVariable(value)) {
    return text({ max: MAX_TEMPLATE })(value, at);
  }
  const isDigits = typeof value === 'string' && /^\d{3}$/.test(value);
  return integer(min, max)(isDigits ? Number(value) : value, at).length === 0
    ? []
    : issue(at, 'This must be a whole number from {{min}} to {{max}}, or a variable.', { min, max });
};

const writtenContentType: Rule = all(
  text({ min: 1, max: MAX_CONTENT_TYPE }),
  (value, at) =>
    CONTENT_TYPE.test(value as string) ? [] : issue(at, '"{{type}}" is not a content type.', { type: String(value) }),
  utf8Alone,
);

const contentType: Rule = (value, at) =>
  (typeof value === 'string' && holdsVariable(value) ? text({ max: MAX_TEMPLATE }) : writtenContentType)(value, at);

/** Characters of a body as JSON: each call goes through all of it. */
const MAX_BODY = 200_000;

const body: Rule = (value, at) =>
  JSON.stringify(value ?? null).length > MAX_BODY
    ? issue(at, 'This may have at most {{max}} characters.', { max: MAX_BODY })
    : [];

/** The settings of a `ReplyConfig`, by name. */
const REPLY_RULES: Record<string, Rule> = {
  status,
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

/**
 * What is wrong with an answer whose settings can be sent, but not as they are meant: one that was saved before works as
 * well as it did.
 * @param at where it stands; empty: it is all there is
 */
export function replyIssues(at: string, stored: Partial<ReplyConfig>): ConfigIssue[] {
  const under = (name: string) => (at === '' ? name : `${at}.${name}`);
  const { contentType: type = 'application/json', headers = [], body: said } = stored;
  return [...bareVariables(under('body'), type, said), ...repeatedHeaders(under('headers'), headers)];
}

/** As JSON it can't be read, and so it would go out as a text. */
function bareVariables(at: string, type: string, said: unknown): ConfigIssue[] {
  const bare = isJson(type) && typeof said === 'string' ? bareVariableIn(said) : undefined;
  return bare === undefined
    ? []
    : issue(at, 'Put the variable {{variable}} in quotes, braces and all: its value keeps its type.', {
        variable: bare,
      });
}

function repeatedHeaders(at: string, headers: ReplyConfig['headers']): ConfigIssue[] {
  const names = headers.map(({ name }) => name.toLowerCase());
  return names.flatMap((name, index) =>
    SINGLE_HEADERS.includes(name) && names.indexOf(name) < index
      ? issue(`${at}.${index}.name`, 'An answer has the header "{{name}}" once at most.', { name })
      : [],
  );
}
