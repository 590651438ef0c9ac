// Framework-free: what a webhook's configuration must look like. The server refuses to save what this
// finds fault with, and the panel says the same beforehand.

import { VARIABLE_GROUPS, VARIABLE_TYPES } from './config';
import { CONTENT_TYPE, HEADER_NAME, RESERVED_RESPONSE_HEADERS } from './httpFields';
import { WEBHOOK_METHODS } from './methods';
import { parsePath } from './path';
import { all, anything, fields, flag, integer, issue, list, oneOf, text, type ConfigIssue, type Rule } from './rules';
import { parseSize } from './size';
import { authRule } from './validateAuth';

/**
 * Everything that is wrong with a stored configuration; empty: nothing is.
 * A setting that is left out is fine: its default applies. One that is not known is refused.
 */
export function validateConfig(stored: unknown): ConfigIssue[] {
  return CONFIG(stored ?? {}, '');
}

/** `issue.message` with its values filled in: what the server, which has no translations at hand, says. */
export function describeIssue({ message, values = {} }: ConfigIssue): string {
  return message.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => String(values[name] ?? ''));
}

const path: Rule = all(text(), (value, at) => {
  const parsed = parsePath(value as string);
  return 'problem' in parsed ? [{ path: at, ...parsed.problem }] : [];
});

const methods: Rule = all(list(oneOf(WEBHOOK_METHODS)), (value, at) =>
  (value as unknown[]).length === 0 ? issue(at, 'Choose at least one method.') : [],
);

const size: Rule = all(text(), (value, at) =>
  parseSize(value as string) === null ? issue(at, 'Give a size from 1b to 100mb, such as 512kb or 1mb.') : [],
);

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

const variable = fields(
  {
    path: all(text({ min: 1, max: 300 }), (value, at) =>
      (value as string).split('.').some((part) => part === '')
        ? issue(at, 'A variable path is names with single dots between them.')
        : [],
    ),
    title: text({ max: 300 }),
    type: oneOf(VARIABLE_TYPES),
  },
  ['path'],
);

const CONFIG: Rule = fields({
  path,
  methods,
  auth: authRule,
  body: fields({ maxSize: size, keepRaw: flag }),
  variables: fields(Object.fromEntries(VARIABLE_GROUPS.map((group) => [group, list(variable, { max: 500 })]))),
  response: fields({
    status: integer(200, 599),
    contentType,
    headers: list(fields({ name: responseHeaderName, value: text() }, ['name', 'value'])),
    body: anything,
  }),
  syncTimeout: integer(1, 600_000),
});

