// Framework-free: the one type of `workflow.config`, with its defaults.

import type { WebhookMethod } from './methods';
import type { SignatureScheme } from './presets';
import type { SecretInput } from './secrets';

export interface NoAuth {
  type: 'none';
}

/** HTTP Basic, RFC 7617: user name and password in UTF-8. */
export interface BasicAuth {
  type: 'basic';
  username: string;
  password: SecretInput;
}

/** A shared token in a header or a query parameter. */
export interface TokenAuth {
  type: 'token';
  in: 'header' | 'query';
  /** Header or query parameter that carries the token. */
  name: string;
  /** Word before the token, such as `Bearer`; empty: none. */
  scheme?: string;
  secrets: SecretInput[];
}

/** A signature scheme that the maker fills in: the presets' own form. */
export interface HmacAuth extends Omit<SignatureScheme, 'kind' | 'handshake'> {
  type: 'hmac';
  secrets: SecretInput[];
}

/** A provider from the list; `tolerance` (seconds) overrides the scheme's own. */
export interface ProviderAuth {
  type: 'provider';
  provider: string;
  secrets: SecretInput[];
  options?: Record<string, unknown>;
  tolerance?: number;
}

export type WebhookAuth = NoAuth | BasicAuth | TokenAuth | HmacAuth | ProviderAuth;

/** A variable that the maker declares, so that every node's variable picker offers it. */
export interface DeclaredVariable {
  /** Below its group, with dots: `repository.full_name`. */
  path: string;
  title?: string;
  type?: VariableType;
}

export const VARIABLE_TYPES = ['string', 'number', 'boolean', 'date', 'object', 'array'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** The parts of `$context` for which variables can be declared. */
export const VARIABLE_GROUPS = ['headers', 'query', 'params', 'data'] as const;
export type VariableGroup = (typeof VARIABLE_GROUPS)[number];

export interface ResponseConfig {
  status: number;
  contentType: string;
  headers: { name: string; value: string }[];
  /** JSON value or text; may hold `{{variables}}`. A value that is one variable keeps its type. */
  body: unknown;
}

/** `workflow.config` of a webhook workflow, every default applied. */
export interface WebhookConfig {
  /** Below `/api/webhooks/`; empty: the workflow key alone. */
  path: string;
  methods: WebhookMethod[];
  auth: WebhookAuth;
  body: {
    /** Bytes with a unit, as `1mb`. */
    maxSize: string;
    /** Whether `$context.rawBody` holds the body's text. */
    keepRaw: boolean;
  };
  variables: Record<VariableGroup, DeclaredVariable[]>;
  response: ResponseConfig;
  /** Milliseconds that a sync call waits; then 408, and the workflow runs on. */
  syncTimeout: number;
}

/** What is stored: every part may be left out. */
export type WebhookConfigInput = {
  [K in keyof WebhookConfig]?: K extends 'auth' ? WebhookAuth : WebhookConfig[K] extends unknown[]
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
    body: { maxSize: '1mb', keepRaw: false },
    variables: { headers: [], query: [], params: [], data: [] },
    response: { status: 200, contentType: 'application/json', headers: [], body: null },
    syncTimeout: 30_000,
  };
}

/** Lays what is stored over the defaults. What it does not know is refused before, by `validateConfig`. */
export function resolveConfig(stored: WebhookConfigInput | null | undefined): WebhookConfig {
  const defaults = defaultConfig();
  const config = stored ?? {};
  return {
    path: config.path ?? defaults.path,
    methods: config.methods?.length ? config.methods : defaults.methods,
    auth: config.auth ?? defaults.auth,
    body: { ...defaults.body, ...config.body },
    variables: { ...defaults.variables, ...config.variables },
    response: { ...defaults.response, ...config.response },
    syncTimeout: config.syncTimeout ?? defaults.syncTimeout,
  };
}
