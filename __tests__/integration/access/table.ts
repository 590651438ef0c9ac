import type { Made } from './made';
import type { Question, Role } from './people';

/** What a role gets: the status it is refused with, or the fields of what is answered. */
export type Sees = number | readonly string[];

/** What is looked into of an answer: a workflow, an execution, or the API's documentation. */
export interface Answered {
  config?: { auth: { secrets?: object[]; passwords?: object[]; options?: { verifyToken: object } } };
  context?: { headers: Record<string, unknown> };
  paths?: Record<string, unknown>;
}

/** One call and what each role gets by it. */
export interface Row {
  /** What is asked, besides the action. */
  ask(made: Made): Omit<Question, 'path'> | Promise<Omit<Question, 'path'>>;
  /** Whose fields they are; default: of the answer, or of the first row that is answered. */
  of?(data: Answered): unknown;
  sees: Record<Role, Sees>;
}

/** For who may edit workflows. */
function makers(...fields: string[]): Row['sees'] {
  const sorted = [...fields].sort();
  return { guest: 401, member: 403, maker: sorted, admin: sorted, root: sorted };
}

/** For who may set what counts for all webhooks. */
function admins(...fields: string[]): Row['sees'] {
  return { ...makers(...fields), maker: 403 };
}

/** For everybody who is signed in. */
function members(...fields: string[]): Row['sees'] {
  const sees = makers(...fields);
  return { ...sees, member: sees.maker };
}

/** Tables without an API. */
export const CLOSED = [
  'webhookInstances',
  'webhookOptions',
  'webhookQueues',
  'webhookReplays',
  'webhookResumptions',
  'webhookRoutes',
  'webhookSingleUseIds',
];

const SUMMARY = [
  'attempts',
  'contentType',
  'dedupeKey',
  'durationMs',
  'erasedAt',
  'event',
  'executionId',
  'executionIds',
  'finishedAt',
  'id',
  'ip',
  'key',
  'method',
  'nextAttemptAt',
  'path',
  'provider',
  'reason',
  'receivedAt',
  'replayOf',
  'responseStatus',
  'startedAt',
  'status',
  'workflowId',
  'workflowTitle',
];
const DETAIL = [
  ...SUMMARY,
  'body',
  'bodyEncoding',
  'expiresAt',
  'headers',
  'params',
  'query',
  'responseBody',
  'responseEncoding',
  'responseHeaders',
  'secretName',
];
const OVERVIEW = [
  'auth',
  'bars',
  'calls',
  'events',
  'failed',
  'key',
  'lastCallAt',
  'oldestWaitingAt',
  'p95',
  'path',
  'paused',
  'provider',
  'refused',
  'state',
  'sync',
  'title',
  'unverified',
  'waiting',
  'workflowId',
];
const REPLAY = ['failed', 'id', 'replayed', 'status', 'total'];
const HIDDEN = 'id,context,dedupeSlot,bodyDigest,owner,repeatAnswer';
const SETTINGS = [
  'clientAddress',
  'forwardedFor',
  'publicUrl',
  'rateLimitStore',
  'socketAddress',
  'sources',
  'trustedProxies',
];

/** By action; what stands behind a comma tells two calls of one action apart. */
export const TABLE: Record<string, Row> = {
  'webhookDeliveries:list': {
    ask: ({ workflow: { key } }) => ({ query: { filter: JSON.stringify({ key }) } }),
    sees: makers(...SUMMARY),
  },
  'webhookDeliveries:list, for what is hidden': {
    ask: () => ({ query: { fields: HIDDEN } }),
    sees: { ...makers(), maker: 400, admin: 400, root: 400 },
  },
  'webhookDeliveries:list, by what is hidden': {
    ask: () => ({ query: { filter: JSON.stringify({ 'context.$includes': 'a' }) } }),
    sees: { ...makers(), maker: 400, admin: 400, root: 400 },
  },
  'webhookDeliveries:get': {
    ask: ({ deliveryId }) => ({ query: { filterByTk: deliveryId } }),
    sees: makers(...DETAIL),
  },
  'webhookDeliveries:get, for what is hidden': {
    ask: ({ deliveryId }) => ({ query: { filterByTk: deliveryId, fields: HIDDEN, appends: 'workflow', except: '' } }),
    sees: makers(...DETAIL),
  },
  'webhookDeliveries:replay': {
    ask: ({ deliveryId }) => ({ query: { filterByTk: deliveryId }, json: {} }),
    sees: makers('id'),
  },
  'webhookDeliveries:replayMany': {
    ask: ({ workflow: { key } }) => ({ json: { filter: { key } } }),
    sees: makers(...REPLAY),
  },
  'webhookDeliveries:replayProgress': {
    ask: ({ replayId }) => ({ query: { filterByTk: replayId } }),
    sees: makers(...REPLAY),
  },
  'webhookDeliveries:stopReplay': {
    ask: ({ replayId }) => ({ query: { filterByTk: replayId }, json: {} }),
    sees: makers(...REPLAY),
  },
  'webhookDeliveries:cancel': {
    ask: ({ deliveryId }) => ({ query: { filterByTk: deliveryId }, json: {} }),
    sees: makers('cancelled'),
  },
  'webhookDeliveries:eraseMany': {
    ask: ({ workflow: { key } }) => ({ json: { filter: { key, status: 'rejected' } } }),
    sees: makers('erased', 'open'),
  },
  'webhookDeliveries:erase': {
    ask: async ({ refused }) => ({ query: { filterByTk: await refused() }, json: {} }),
    sees: makers('erased', 'open'),
  },

  'webhookEndpoints:list': {
    ask: ({ workflow: { key } }) => ({ query: { key } }),
    sees: makers('counts', 'key', 'methods', 'notRecorded', 'path', 'paused', 'sync', 'title', 'workflowId'),
  },
  'webhookEndpoints:openapi': {
    ask: ({ workflow: { id } }) => ({ query: { filterByTk: String(id) } }),
    sees: makers('openapi', 'info', 'servers', 'paths', 'components'),
  },
  'webhookEndpoints:overview': {
    ask: () => ({}),
    of: (data) => (data as { webhooks?: object[] }).webhooks?.[0],
    sees: makers(...OVERVIEW),
  },
  'webhookEndpoints:pause': {
    ask: ({ basic }) => ({ query: { filterByTk: basic.key }, json: {} }),
    sees: makers('key', 'paused'),
  },
  'webhookEndpoints:resume': {
    ask: ({ basic }) => ({ query: { filterByTk: basic.key }, json: {} }),
    sees: makers('key', 'paused'),
  },
  'webhookEndpoints:unreadableSecrets': {
    ask: ({ workflow: { id } }) => ({ query: { filterByTk: String(id) } }),
    sees: makers('unreadable'),
  },

  'webhookStats:query': {
    ask: ({ workflow: { key } }) => ({ query: { keys: key } }),
    sees: makers('from', 'series', 'step', 'to'),
  },

  'webhookCapturedSecrets:list': {
    ask: ({ capturing: { key } }) => ({ query: { key } }),
    sees: makers('capturedAt', 'confirmedAt', 'id', 'ip', 'replaced', 'secret', 'use'),
  },
  'webhookCapturedSecrets:confirm': {
    ask: async ({ handOver }) => ({ query: { filterByTk: await handOver() }, json: {} }),
    sees: makers('id'),
  },
  'webhookCapturedSecrets:discard': {
    ask: async ({ handOver }) => ({ query: { filterByTk: await handOver() }, json: {} }),
    sees: makers('id'),
  },

  'webhookSettings:get': { ask: () => ({}), sees: makers(...SETTINGS) },
  'webhookSettings:get, with the shared address': {
    ask: () => ({ query: { with: 'sharedAddress' } }),
    sees: makers(...SETTINGS, 'sharedAddress'),
  },
  'webhookSettings:save': { ask: () => ({ json: { publicUrl: '' } }), sees: admins(...SETTINGS) },
};

/** Names of headers that the workflow may see or not. */
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'x-id'];

/** What NocoBase's own API shows of what the plugin has it keep. */
export const TABLE_OF_NOCOBASE: Record<string, Row> = {
  'workflows:get, a token': {
    ask: ({ workflow: { id } }) => ({ query: { filterByTk: String(id), appends: 'nodes,executions,versionStats' } }),
    of: ({ config }) => config?.auth.secrets?.[0],
    sees: makers('name', 'sealed'),
  },
  'workflows:get, a password': {
    ask: ({ basic: { id } }) => ({ query: { filterByTk: String(id) } }),
    of: ({ config }) => config?.auth.passwords?.[0],
    sees: makers('sealed'),
  },
  'workflows:get, a secret option': {
    ask: ({ meta: { id } }) => ({ query: { filterByTk: String(id) } }),
    of: ({ config }) => config?.auth.options?.verifyToken,
    sees: makers('sealed'),
  },
  'workflows:list': {
    ask: ({ workflow: { key } }) => ({ query: { filter: JSON.stringify({ key }), except: '' } }),
    of: ({ config }) => config?.auth.secrets?.[0],
    sees: makers('name', 'sealed'),
  },
  'workflows:list, all': {
    ask: () => ({ query: { except: '', pageSize: '200' } }),
    of: ({ config }) => ({ config }),
    sees: makers('config'),
  },
  'executions:get': {
    ask: ({ executionId }) => ({ query: { filterByTk: executionId, appends: 'jobs,workflow,workflow.nodes' } }),
    of: ({ context }) => namedHeaders(context),
    sees: makers('x-api-key', 'x-id'),
  },
  'executions:list': {
    ask: ({ workflow: { key } }) => ({
      query: { filter: JSON.stringify({ key }), except: '', appends: 'workflow,jobs', sort: 'id' },
    }),
    of: ({ context }) => namedHeaders(context),
    sees: makers('x-api-key', 'x-id'),
  },
  'swagger:get': {
    ask: () => ({ query: { ns: 'plugins' } }),
    of: ({ paths }) => Object.fromEntries(Object.entries(paths ?? {}).filter(([path]) => path.startsWith('/webhook'))),
    sees: members(
      ...Object.keys(TABLE)
        .filter((name) => !name.includes(','))
        .map((name) => `/${name}`),
    ),
  },
};

function namedHeaders(context: Answered['context']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(context?.headers ?? {}).filter(([name]) => CREDENTIALS.includes(name)));
}
