// Framework-free: the one type of `workflow.config`, with its defaults.

import type { WebhookAuth } from './auth';
import type { FailedRepeatPolicy, InterruptionPolicy, RetriedStatus } from './deliveries';
import type { WebhookMethod } from './methods';

/** A variable that the maker declares, so that every node's variable picker offers it. */
export interface DeclaredVariable {
  /** Below its group, as `parseDataPath` reads it: `repository.full_name`, `fields["System.State"]`. A header's is its name. */
  path: string;
  /** Under which `$context.vars` holds it too, so that a template can name it whatever its path is. */
  alias?: string;
  title?: string;
  type?: VariableType;
}

export const VARIABLE_TYPES = ['string', 'number', 'boolean', 'date', 'object', 'array'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** The parts of `$context` for which variables can be declared. */
export const VARIABLE_GROUPS = ['headers', 'query', 'params', 'data'] as const;
export type VariableGroup = (typeof VARIABLE_GROUPS)[number];

/** An answer as a maker sets it up; its texts may hold `{{variables}}`. */
export interface ReplyConfig {
  /** From 200 to 599; as text, a variable whose value is one. */
  status: number | string;
  contentType: string;
  /** In their order; of one name there may be several. */
  headers: { name: string; value: string }[];
  /**
   * JSON value or text. A value that is one variable keeps its type; unless the content type is JSON, an object
   * `{base64, contentType}` stands for its bytes, and a stored file for what is in it.
   */
  body: unknown;
}

/** What a caller is answered. */
export interface ResponseConfig extends ReplyConfig {
  /** Instead, where the run that the caller waited for failed; null: 500 with `WORKFLOW_FAILED`. */
  onFailure: ReplyConfig | null;
}

/** What a caller is told whose run isn't done in time; the run goes on. 202 tells which delivery it is. */
export const SYNC_TIMEOUT_STATUSES = [408, 504, 202] as const;
export type SyncTimeoutStatus = (typeof SYNC_TIMEOUT_STATUSES)[number];

/** What a rate is that of: the webhook's as a whole, or that of each address that calls it. */
export const RATED_BY = ['webhook', 'address'] as const;

/** At most `points` verified deliveries in `duration` seconds. */
export interface RateLimit {
  points: number;
  duration: number;
  /** Default `webhook`. */
  per?: (typeof RATED_BY)[number];
}

/** How a body is read: by its content type, or as what the maker says, whatever is declared. */
export const READ_AS = ['auto', 'json', 'ndjson', 'form', 'xml', 'text', 'bytes'] as const;
export type ReadAs = (typeof READ_AS)[number];

/** Character sets that a maker can say a body is in, whatever is declared: those that are in use beside UTF-8. */
export const CHARSETS = [
  'utf-8',
  'utf-16',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-7',
  'iso-8859-9',
  'iso-8859-15',
  'koi8-r',
  'windows-874',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
] as const;
export type Charset = (typeof CHARSETS)[number];

/** What becomes of numbers beyond 2^53: their digits as a text, or the nearest number that JavaScript has. */
export const BIG_NUMBERS = ['text', 'rounded'] as const;
export type BigNumbers = (typeof BIG_NUMBERS)[number];

/** A JSON Schema, draft-07 or 2020-12 as its `$schema` says; without one: 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** A condition as NocoBase's own condition node holds it, with `{{variables}}` among the operands. */
export type FilterCondition = { calculator?: string; operands?: unknown[]; not?: boolean } | FilterGroup;

export interface FilterGroup {
  group: { type: 'and' | 'or'; calculations?: FilterCondition[] };
  not?: boolean;
}

/** What becomes of a delivery whose filter could not be evaluated: `ignore` fails closed, `start` open. */
export const FILTER_ON_ERROR = ['ignore', 'start'] as const;
export type FilterOnError = (typeof FILTER_ON_ERROR)[number];

/** What tells that a delivery is a repeat of an earlier one. */
export interface DedupeConfig {
  /** A source as `parseSources` reads it; empty: what the provider calls its delivery. Nothing there: no repeat. */
  key: string;
  /** Seconds for which a repeat is known as one. */
  window: number;
  onFailed: FailedRepeatPolicy;
}

/** How runs that failed are tried again. */
export interface RetryConfig {
  /** So often after the first time. */
  times: number;
  /** Seconds until the first of those; each further wait is twice as long, up to a day. */
  backoff: number;
  /** How the run has to have ended. */
  on: RetriedStatus[];
}

/** What is kept of a webhook's deliveries. */
export interface RecordConfig {
  /** The received bodies; without them a delivery can't be replayed once its execution is deleted. */
  bodies: boolean;
  /** Also what was refused. */
  rejected: boolean;
  retentionDays: number;
}

/** `workflow.config` of a webhook workflow, every default applied. */
export interface WebhookConfig {
  /** Below `/api/webhooks/`; empty: the workflow key alone. */
  path: string;
  methods: WebhookMethod[];
  auth: WebhookAuth;
  /** Addresses and networks that may call, IPv4 and IPv6; empty: anyone. */
  ipAllowlist: string[];
  /** null: no limit. */
  rateLimit: RateLimit | null;
  /** Origins whose pages may call it from a browser, `*`: every one; null: none. */
  cors: { origins: string[] } | null;
  body: {
    /** Bytes with a unit, as `1mb`. */
    maxSize: string;
    /** Whether `$context.rawBody` holds the body's text. */
    keepRaw: boolean;
    /** What `data` must be; null: anything. */
    schema: JsonSchema | null;
    readAs: ReadAs;
    /** What its text is in, whatever is declared; null: what is. */
    charset: Charset | null;
    bigNumbers: BigNumbers;
    /** Whether an empty field of a form is null in `data`, so that it fits a number or a date. */
    emptyAsNull: boolean;
    /** Names of form fields whose texts are JSON, and are opened; null: those of the provider's row. */
    jsonFields: string[] | null;
  };
  /** Values are checked by the types that the schema names; the workflow still sees them as sent. */
  query: { schema: JsonSchema | null };
  headers: {
    /** As that of `query`; names in lower case. */
    schema: JsonSchema | null;
    /** Whether the workflow sees credentials in headers that aren't this webhook's own, such as `Cookie`. */
    credentials: boolean;
  };
  /** Of the custom path, checked as those of `query`. */
  params: { schema: JsonSchema | null };
  variables: Record<VariableGroup, DeclaredVariable[]>;
  /** The types of events that start the workflow; null: all. */
  events: string[] | null;
  /** Where the type of an event stands, as `parseSource` reads it; null: where the provider has it. */
  eventFrom: string | null;
  /** Only a delivery that meets it starts the workflow; null: every one does. */
  filter: FilterGroup | null;
  filterOnError: FilterOnError;
  /** null: every delivery starts the workflow, repeats too. */
  dedupe: DedupeConfig | null;
  response: ResponseConfig;
  /** Milliseconds that a sync call waits; then it is answered, and the workflow runs on. */
  syncTimeout: number;
  syncTimeoutStatus: SyncTimeoutStatus;
  /** Background runs open at once, over all instances: 1 is one by one, in order of arrival. */
  concurrency: number;
  /** What those have in common that run in order of arrival, as `parseSources` reads it; others side by side. null: nothing. */
  orderBy: string | null;
  /** null: a run that failed is left so. */
  retry: RetryConfig | null;
  /** What becomes of a run that was cut off half-way by the end of NocoBase. */
  onInterruption: InterruptionPolicy;
  record: RecordConfig;
}

/** What is stored: every part may be left out. */
export type WebhookConfigInput = {
  [K in keyof WebhookConfig]?: K extends 'auth'
    ? WebhookAuth
    : K extends 'dedupe'
      ? Partial<DedupeConfig> | null
      : K extends 'retry'
        ? Partial<RetryConfig> | null
        : WebhookConfig[K] extends unknown[]
          ? WebhookConfig[K]
          : WebhookConfig[K] extends object
            ? Partial<WebhookConfig[K]>
            : WebhookConfig[K];
};

/** The configuration of a webhook for which nothing was set. A new object on every call. */
export function defaultConfig(): WebhookConfig {
  return {
    path: '',
    methods: ['POST'],
    auth: { type: 'none' },
    ipAllowlist: [],
    rateLimit: null,
    cors: null,
    body: {
      maxSize: '1mb',
      keepRaw: false,
      schema: null,
      readAs: 'auto',
      charset: null,
      bigNumbers: 'text',
      emptyAsNull: true,
      jsonFields: null,
    },
    query: { schema: null },
    headers: { schema: null, credentials: false },
    params: { schema: null },
    variables: { headers: [], query: [], params: [], data: [] },
    events: null,
    eventFrom: null,
    filter: null,
    filterOnError: 'ignore',
    dedupe: defaultDedupe(),
    response: { status: 200, contentType: 'application/json', headers: [], body: null, onFailure: null },
    syncTimeout: 30_000,
    syncTimeoutStatus: 408,
    concurrency: 1,
    orderBy: null,
    retry: null,
    onInterruption: 'resume',
    record: { bodies: true, rejected: true, retentionDays: 30 },
  };
}

/** How it begins once somebody switches it on. */
export function defaultRetry(): RetryConfig {
  return { times: 3, backoff: 60, on: ['failed', 'timedOut'] };
}

function defaultDedupe(): DedupeConfig {
  return { key: '', window: 86_400, onFailed: 'rerun' };
}

/** Lays what is stored over the defaults. What it does not know is refused before, by `validateConfig`. */
export function resolveConfig(stored: WebhookConfigInput | null | undefined): WebhookConfig {
  const defaults = defaultConfig();
  const config = stored ?? {};
  return {
    path: config.path ?? defaults.path,
    methods: config.methods?.length ? config.methods : defaults.methods,
    auth: config.auth ?? defaults.auth,
    ipAllowlist: config.ipAllowlist ?? defaults.ipAllowlist,
    rateLimit: config.rateLimit ?? defaults.rateLimit,
    cors: config.cors ?? defaults.cors,
    body: { ...defaults.body, ...config.body },
    query: { ...defaults.query, ...config.query },
    headers: { ...defaults.headers, ...config.headers },
    params: { ...defaults.params, ...config.params },
    variables: { ...defaults.variables, ...config.variables },
    events: config.events ?? defaults.events,
    eventFrom: config.eventFrom ?? defaults.eventFrom,
    filter: config.filter ?? defaults.filter,
    filterOnError: config.filterOnError ?? defaults.filterOnError,
    dedupe: config.dedupe === null ? null : { ...defaultDedupe(), ...config.dedupe },
    response: { ...defaults.response, ...config.response },
    syncTimeout: config.syncTimeout ?? defaults.syncTimeout,
    syncTimeoutStatus: config.syncTimeoutStatus ?? defaults.syncTimeoutStatus,
    concurrency: config.concurrency ?? defaults.concurrency,
    orderBy: config.orderBy ?? defaults.orderBy,
    retry: config.retry ? { ...defaultRetry(), ...config.retry } : null,
    onInterruption: config.onInterruption ?? defaults.onInterruption,
    record: { ...defaults.record, ...config.record },
  };
}
