// Framework-free: what a webhook's configuration must look like. The server refuses to save what this
// finds fault with, and the panel says the same beforehand.

import {
  BIG_NUMBERS,
  CHARSETS,
  FILTER_ON_ERROR,
  READ_AS,
  SYNC_TIMEOUT_STATUSES,
  resolveConfig,
  type WebhookConfig,
  type WebhookConfigInput,
} from './config';
import { FAILED_REPEAT_POLICIES, INTERRUPTION_POLICIES, RETRIED_STATUSES } from './deliveries';
import { WEBHOOK_METHODS } from './methods';
import { parsePath } from './path';
import { MAX_SOURCE, parseSources } from './requestSource';
import {
  all,
  fields,
  flag,
  integer,
  isRecord,
  issue,
  list,
  nullable,
  numberOf,
  oneOf,
  some,
  text,
  type ConfigIssue,
  type Rule,
} from './rules';
import { parseSize } from './size';
import { authRule } from './validateAuth';
import { chosenEvents, eventFrom, eventsArePlaced } from './validateEvents';
import { filterRule } from './validateFilter';
import { addressRange, corsRule, rateLimitRule } from './validateNetwork';
import { reply, replyIssues } from './validateReply';
import { sourceIssues } from './validateSources';
import { aliasIssues, sourceAliases, variables } from './validateVariables';

/**
 * Everything that is wrong with a configuration that somebody saves; empty: nothing is.
 * A setting that is left out is fine: its default applies. One that is not known is refused.
 */
export function validateConfig(stored: unknown): ConfigIssue[] {
  const issues = validateStored(stored);
  return issues.length > 0
    ? issues
    : [...sourceIssues(stored ?? {}), ...aliasIssues(stored ?? {}), ...responseIssues(stored ?? {})];
}

function responseIssues({ response }: WebhookConfigInput): ConfigIssue[] {
  const { onFailure } = response ?? {};
  return [
    ...(response ? replyIssues('response', response) : []),
    ...(onFailure ? replyIssues('response.onFailure', onFailure) : []),
  ];
}

/** What of that keeps a webhook from working: one that was saved before may have names that no template or place can hold. */
export function validateStored(stored: unknown): ConfigIssue[] {
  return CONFIG(stored ?? {}, '');
}

/** A stored configuration with its defaults; one that can't be read, saved past every hook, counts as none. */
export function readableConfig(stored: unknown): WebhookConfig {
  return resolveConfig(validateStored(stored).length === 0 ? (stored as WebhookConfigInput | null) : null);
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

/** That a schema compiles is for the server to say: it alone has a compiler at hand. */
const schema: Rule = nullable((value, at) =>
  isRecord(value) ? [] : issue(at, 'A JSON Schema is an object, such as {"type": "object"}.'),
);

const dedupeKey: Rule = all(text({ max: MAX_SOURCE }), (value, at) =>
  value === '' || parseSources(value as string)
    ? []
    : issue(
        at,
        'Give header:…, query:…, json:…, form:…, params:…, vars:…, event or body, or fields: and several of them with commas between; or leave it empty for what the provider calls its delivery.',
      ),
);

const orderBy: Rule = all(text({ min: 1, max: MAX_SOURCE }), (value, at) =>
  parseSources(value as string)
    ? []
    : issue(
        at,
        'Give header:…, query:…, json:…, form:…, params:…, vars:…, event or body, or fields: and several of them with commas between.',
      ),
);

const SETTINGS: Rule = fields({
  path,
  methods,
  auth: authRule,
  ipAllowlist: list(addressRange, { max: 1000 }),
  rateLimit: nullable(rateLimitRule),
  cors: nullable(corsRule),
  body: fields({
    maxSize: size,
    keepRaw: flag,
    schema,
    readAs: oneOf(READ_AS),
    charset: nullable(oneOf(CHARSETS)),
    bigNumbers: oneOf(BIG_NUMBERS),
    emptyAsNull: flag,
    jsonFields: nullable(list(text({ min: 1, max: 300 }), { max: 50 })),
  }),
  query: fields({ schema }),
  headers: fields({ schema, credentials: flag }),
  params: fields({ schema }),
  variables,
  events: chosenEvents,
  eventFrom,
  filter: nullable(filterRule),
  filterOnError: oneOf(FILTER_ON_ERROR),
  response: reply({ onFailure: nullable(reply({}, ['status', 'contentType'])) }),
  syncTimeout: integer(1, 600_000),
  syncTimeoutStatus: numberOf(SYNC_TIMEOUT_STATUSES),
  dedupe: nullable(fields({ key: dedupeKey, window: integer(1, 2_592_000), onFailed: oneOf(FAILED_REPEAT_POLICIES) })),
  concurrency: integer(1, 100),
  orderBy: nullable(orderBy),
  retry: nullable(fields({ times: integer(0, 100), backoff: integer(0, 86_400), on: some(oneOf(RETRIED_STATUSES)) })),
  onInterruption: oneOf(INTERRUPTION_POLICIES),
  record: fields({ bodies: flag, rejected: flag, retentionDays: integer(1, 3_650) }),
});

const CONFIG: Rule = all(SETTINGS, sourceAliases, eventsArePlaced);
