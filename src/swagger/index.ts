import { DELIVERY_STATUSES } from '../common/deliveries';
import { MAX_ERASED, MAX_REPLAYS } from '../common/deliveriesApi';
import { MAX_WAITING, WEBHOOK_STATES } from '../common/overview';
import { REASONS } from '../common/reasons/catalogue';
import { MAX_KEYS, MAX_STEPS } from '../common/stats';
import triggerConfig from './triggerConfig.json';

// Read by NocoBase's API documentation plugin, which shows it beside its own.

const TAG_DELIVERIES = 'webhookDeliveries';
const TAG_ENDPOINTS = 'webhookEndpoints';
const TAG_STATS = 'webhookStats';
const TAG_CAPTURED = 'webhookCapturedSecrets';
const TAG_SETTINGS = 'webhookSettings';

const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const time = { type: 'string', format: 'date-time', nullable: true } as const;
const object = { type: 'object', additionalProperties: true } as const;
const number = { type: 'integer', nullable: true } as const;

/** A query parameter. */
function param(name: string, description: string, schema: object, required = false) {
  return { name, in: 'query', description, required, schema };
}

/** An answer with `data` of this schema. */
function answer(description: string, schema: object) {
  return { 200: { description, content: json({ type: 'object', properties: { data: schema } }) }, ...REFUSALS };
}

function json(schema: object) {
  return { 'application/json': { schema } };
}

const REFUSALS = {
  400: { description: 'A parameter can not be used' },
  403: { description: 'The user may not edit workflows' },
};
const GONE = { 404: { description: 'There is none with this id or key' } };

const deliveryId = param('filterByTk', 'Id of the delivery', uuid, true);
const replayId = param('filterByTk', 'Id of the replay', uuid, true);
const paging = [param('page', 'From 1', { type: 'integer' }), param('pageSize', 'At most 200', { type: 'integer' })];

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const summary = {
  id: { ...uuid, description: 'A UUID version 7: ids are in order of arrival' },
  key: { ...text, description: 'The workflow key' },
  workflowId: { type: 'integer', description: 'The version of the workflow' },
  workflowTitle: { ...text, nullable: true },
  currentWorkflowId: { oneOf: [{ type: 'integer' }, { type: 'string' }], nullable: true },
  executionId: { ...number, description: 'Of the last attempt' },
  executionIds: { type: 'array', items: { type: 'integer' }, nullable: true, description: 'Of all attempts' },
  status: { type: 'string', enum: [...DELIVERY_STATUSES] },
  reasonCode: {
    ...text,
    nullable: true,
    description: 'Why it was refused, failed or left out; the codes are in docs/reasons.md',
    enum: [...Object.keys(REASONS), null],
  },
  reasonValues: {
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: "What the reason's sentence names",
  },
  method: text,
  path: text,
  ip: text,
  contentType: { ...text, nullable: true },
  provider: { ...text, nullable: true },
  event: { ...text, nullable: true },
  dedupeKey: { ...text, nullable: true },
  replayOf: { ...uuid, nullable: true },
  attempts: { type: 'integer' },
  nextAttemptAt: { ...time, description: 'When it is tried again, while it waits for that' },
  responseStatus: number,
  receivedAt: time,
  startedAt: time,
  finishedAt: time,
  durationMs: number,
  erasedAt: { ...time, description: 'Since when what is personal is gone' },
};

const counts = {
  accepted: { type: 'integer' },
  refused: { type: 'integer' },
  ignored: { type: 'integer' },
  duplicates: { type: 'integer' },
  succeeded: { type: 'integer', description: 'Runs, by when they ended' },
  failed: { type: 'integer', description: 'Runs that failed, were interrupted, cancelled or took too long' },
};

const percentiles = { type: 'object', properties: { p50: number, p95: number, p99: number } } as const;

const eraseOptions = {
  execution: { type: 'boolean', default: false, description: 'Also what the workflow saw, and what its nodes came to' },
  cancel: { type: 'boolean', default: false, description: 'Cancel what has not ended' },
};

const erased = {
  type: 'object',
  properties: { erased: { type: 'integer' }, open: { type: 'integer', description: 'Left as they are: not ended' } },
};

const settings = {
  trustedProxies: { type: 'array', items: text, description: 'Addresses, networks, or `loopback` and the like' },
  publicUrl: { ...text, description: 'Empty: none, and each request tells' },
};

const schemas = {
  ...triggerConfig,
  webhookDelivery: { type: 'object', properties: summary },
  webhookDeliveryDetail: {
    type: 'object',
    description: 'Credentials in headers and query are [redacted]',
    properties: {
      ...summary,
      params: object,
      query: object,
      headers: object,
      body: { ...text, nullable: true },
      bodyEncoding: { type: 'string', enum: ['utf8', 'base64'], nullable: true },
      secretName: { ...text, nullable: true },
      responseHeaders: object,
      responseBody: { ...text, nullable: true },
      expiresAt: time,
    },
  },
  webhookReplay: {
    type: 'object',
    properties: {
      id: uuid,
      status: { type: 'string', enum: ['running', 'finished', 'stopped', 'interrupted'] },
      total: { type: 'integer' },
      replayed: { type: 'integer' },
      failed: { type: 'integer' },
    },
  },
  webhookCapturedSecret: {
    type: 'object',
    properties: {
      id: uuid,
      capturedAt: { ...time, nullable: false },
      ip: { ...text, description: 'The address that it came from last' },
      confirmedAt: { ...time, description: 'Since when it verifies calls; null: it verifies none' },
      replaced: { type: 'integer', description: 'Earlier ones, unconfirmed, whose place it took' },
      secret: { ...text, nullable: true, description: 'In clear, for a day after it came' },
      use: { type: 'array', items: text, description: 'Kind of verification, provider and the like' },
    },
  },
  webhookEndpoint: {
    type: 'object',
    properties: {
      key: text,
      workflowId: { type: 'integer' },
      title: text,
      path: text,
      methods: { type: 'array', items: text },
      sync: { type: 'boolean' },
      paused: { type: 'boolean' },
      counts: { type: 'object', additionalProperties: { type: 'integer' }, description: 'Deliveries by status' },
      notRecorded: { type: 'integer', description: 'Only counted, by the instance that answers, since it started' },
    },
  },
  webhookOpenapi: { ...object, description: 'https://spec.openapis.org/oas/v3.1.1' },
  webhookOverview: {
    type: 'object',
    properties: {
      key: text,
      workflowId: { ...number, description: 'The current version; null: the workflow is deleted' },
      title: text,
      state: { type: 'string', enum: [...WEBHOOK_STATES] },
      paused: { type: 'boolean', nullable: true, description: 'null: calls do not find it' },
      sync: { type: 'boolean' },
      auth: { ...text, nullable: true, description: 'How calls are verified' },
      provider: { ...text, nullable: true },
      path: text,
      events: { type: 'array', items: text, nullable: true, description: 'null: all' },
      bars: {
        type: 'array',
        description: 'Accepted, refused and failed in each of 24 hours',
        items: { type: 'array', items: { type: 'integer' } },
      },
      calls: { type: 'integer' },
      refused: { type: 'integer' },
      unverified: { type: 'integer' },
      failed: { type: 'integer' },
      p95: number,
      lastCallAt: number,
      waiting: { type: 'integer', description: `Stored and not started; counted up to ${MAX_WAITING}` },
      oldestWaitingAt: number,
    },
  },
  webhookStatsSeries: {
    type: 'object',
    properties: {
      key: { ...text, nullable: true, description: 'The workflow key; null: all webhooks together' },
      points: {
        type: 'array',
        description: 'Steps in which something happened, in their order',
        items: {
          type: 'object',
          properties: { at: { type: 'integer', description: 'Milliseconds since 1970' }, ...counts, p95: number },
        },
      },
      total: { type: 'object', properties: counts },
      refusedBy: { type: 'object', additionalProperties: { type: 'integer' }, description: 'Refused calls by code' },
      answer: {
        ...percentiles,
        description: 'From arrival to answer, in milliseconds, of those that were not refused',
      },
      run: { ...percentiles, description: "From a run's start to its end, in milliseconds" },
    },
  },
  webhookSettings: {
    type: 'object',
    properties: {
      ...settings,
      sources: {
        type: 'object',
        additionalProperties: { type: 'string', enum: ['environment', 'settings', 'default'] },
        description: 'Where each setting comes from: the environment wins over what is saved',
      },
      clientAddress: { ...text, description: 'The caller of this request, as a webhook would see it' },
      socketAddress: { ...text, description: 'The other end of the connection: the caller, or the last proxy' },
      forwardedFor: { type: 'array', items: text, description: 'X-Forwarded-For as it came' },
      rateLimitStore: { type: 'string', enum: ['redis', 'memory'] },
      sharedAddress: {
        type: 'object',
        nullable: true,
        description: 'Only where it is asked for: the address that the latest calls all came from',
        properties: { address: text, calls: { type: 'integer' }, forwarded: { type: 'boolean' } },
      },
    },
  },
};

const paths = {
  '/webhookDeliveries:list': {
    get: {
      tags: [TAG_DELIVERIES],
      summary: 'Deliveries, newest first',
      parameters: [
        param('filter', 'As everywhere in NocoBase, over the fields that are shown', object),
        param('sort', 'Default -id', text),
        param('fields', 'Names with commas between; default: all but what only `get` shows', text),
        param('simplePaginate', 'Not counted; the answer has hasNext', { type: 'boolean' }),
        ...paging,
      ],
      responses: {
        ...answer('Deliveries without headers and bodies', { type: 'array', items: ref('webhookDelivery') }),
        400: { description: 'Filter, order or page can not be used' },
      },
    },
  },
  '/webhookDeliveries:get': {
    get: {
      tags: [TAG_DELIVERIES],
      summary: 'One delivery, with its headers and bodies',
      parameters: [deliveryId],
      responses: { ...answer('The delivery', ref('webhookDeliveryDetail')), ...GONE },
    },
  },
  '/webhookDeliveries:replay': {
    post: {
      tags: [TAG_DELIVERIES],
      summary: 'Start the workflow again from a stored delivery, as it was or edited',
      parameters: [deliveryId],
      requestBody: {
        description: 'What takes the place of what was received; what is left out stays',
        content: json({ type: 'object', properties: { data: {}, headers: object, query: object, params: object } }),
      },
      responses: {
        ...answer('The id of the new delivery', { type: 'object', properties: { id: uuid } }),
        ...GONE,
        409: { description: 'The workflow is not enabled, or the body was not kept' },
      },
    },
  },
  '/webhookDeliveries:replayMany': {
    post: {
      tags: [TAG_DELIVERIES],
      summary: 'Replay what meets a filter, in the background',
      description: `At most ${MAX_REPLAYS} deliveries, in order of arrival, one such replay at a time.`,
      requestBody: {
        required: true,
        content: json({ type: 'object', properties: { filter: object }, required: ['filter'] }),
      },
      responses: {
        ...answer('How far it has come', ref('webhookReplay')),
        400: { description: 'The filter is missing, has no condition, or can not be used; or nothing meets it' },
        409: { description: 'Another one is under way' },
      },
    },
  },
  '/webhookDeliveries:replayProgress': {
    get: {
      tags: [TAG_DELIVERIES],
      summary: 'How far a replay of many has come',
      parameters: [replayId],
      responses: { ...answer('How far it has come', ref('webhookReplay')), ...GONE },
    },
  },
  '/webhookDeliveries:stopReplay': {
    post: {
      tags: [TAG_DELIVERIES],
      summary: 'Let a replay of many end before its next batch',
      parameters: [replayId],
      responses: { ...answer('How far it has come', ref('webhookReplay')), ...GONE },
    },
  },
  '/webhookDeliveries:cancel': {
    post: {
      tags: [TAG_DELIVERIES],
      summary: 'Keep a received delivery from starting, or end a started one',
      parameters: [deliveryId],
      responses: answer('Whether there was something to cancel', {
        type: 'object',
        properties: { cancelled: { type: 'boolean' } },
      }),
    },
  },
  '/webhookDeliveries:erase': {
    post: {
      tags: [TAG_DELIVERIES],
      summary:
        'Take what is personal out of a delivery; a repeat of it is still known, and gets the status of its answer',
      parameters: [deliveryId],
      requestBody: { content: json({ type: 'object', properties: eraseOptions }) },
      responses: { ...answer('What was erased', erased), ...GONE, 409: { description: 'It has not ended' } },
    },
  },
  '/webhookDeliveries:eraseMany': {
    post: {
      tags: [TAG_DELIVERIES],
      summary: `The same for all that meet a filter, at most ${MAX_ERASED}`,
      requestBody: {
        required: true,
        content: json({ type: 'object', required: ['filter'], properties: { filter: object, ...eraseOptions } }),
      },
      responses: answer('What was erased, and what was left since it has not ended', erased),
    },
  },
  '/webhookEndpoints:list': {
    get: {
      tags: [TAG_ENDPOINTS],
      summary: 'Enabled webhooks, with their deliveries counted by status',
      parameters: [
        param('search', 'Part of a title, path or key', text),
        param('key', 'The one with this workflow key', text),
        ...paging,
      ],
      responses: answer('Webhooks', { type: 'array', items: ref('webhookEndpoint') }),
    },
  },
  '/webhookEndpoints:overview': {
    get: {
      tags: [TAG_ENDPOINTS],
      summary: 'All webhooks, also those that are off, with how they stand and the calls of a day, by the hour',
      responses: answer('Webhooks', {
        type: 'object',
        properties: {
          now: { type: 'integer', description: 'Milliseconds since 1970, as all times here' },
          from: { type: 'integer', description: 'When the first bar begins' },
          count: { type: 'integer' },
          webhooks: { type: 'array', items: ref('webhookOverview') },
        },
      }),
    },
  },
  ...Object.fromEntries(
    [
      ['pause', 'Hold the deliveries of a webhook as received'],
      ['resume', 'Start the deliveries that were held, and those that come'],
    ].map(([action, what]) => [
      `/webhookEndpoints:${action}`,
      {
        post: {
          tags: [TAG_ENDPOINTS],
          summary: what,
          parameters: [param('filterByTk', 'The workflow key', text, true)],
          responses: {
            ...answer('How it stands', { type: 'object', properties: { key: text, paused: { type: 'boolean' } } }),
            ...GONE,
          },
        },
      },
    ]),
  ),
  '/webhookEndpoints:unreadableSecrets': {
    get: {
      tags: [TAG_ENDPOINTS],
      summary: "Which of a webhook's stored secrets can not be read where they stand, and so verify nothing",
      parameters: [param('filterByTk', 'Id of the workflow', { type: 'integer' }, true)],
      responses: {
        ...answer('As the configuration holds them (`sealed`)', {
          type: 'object',
          properties: { unreadable: { type: 'array', items: text } },
        }),
        ...GONE,
      },
    },
  },
  '/webhookEndpoints:openapi': {
    get: {
      tags: [TAG_ENDPOINTS],
      summary: 'An OpenAPI document of your own webhooks, to give to those who call them',
      description:
        'As it is, without `data` around it. Their configuration, `workflow.config` of a workflow of type `webhook`, is the schema `webhookTriggerConfig`.',
      parameters: [
        param('filterByTk', 'Id of a workflow, enabled or not; left out: all that are enabled', { type: 'integer' }),
      ],
      responses: { 200: { description: 'OpenAPI 3.1', content: json(ref('webhookOpenapi')) }, ...REFUSALS, ...GONE },
    },
  },
  '/webhookStats:query': {
    get: {
      tags: [TAG_STATS],
      summary: 'How many calls and runs there were, step by step, and how long they took; five seconds late at most',
      parameters: [
        param('keys', `Workflow keys with commas between, ${MAX_KEYS} at most; none: all webhooks together`, text),
        param('from', 'Milliseconds since 1970 or ISO 8601, a whole minute; a day before `to` where left out', text),
        param('to', 'The same; it is not part of it. Now where left out', text),
        param(
          'step',
          `Milliseconds, whole minutes; ${MAX_STEPS} steps at most, and none below an hour of more than 48 hours ago`,
          { type: 'integer', default: 900_000 },
        ),
        param('event', 'Of this event alone; `*`: of those beyond 50 an hour', text),
      ],
      responses: answer('A series for each webhook, or one', {
        type: 'object',
        properties: {
          from: { type: 'integer' },
          to: { type: 'integer' },
          step: { type: 'integer' },
          series: { type: 'array', items: ref('webhookStatsSeries') },
        },
      }),
    },
  },
  '/webhookCapturedSecrets:list': {
    get: {
      tags: [TAG_CAPTURED],
      summary: 'Secrets that a service handed over in its handshakes, newest first; in clear for a day after they came',
      parameters: [param('key', 'The workflow key', text, true)],
      responses: answer('The secrets', { type: 'array', items: ref('webhookCapturedSecret') }),
    },
  },
  ...Object.fromEntries(
    [
      ['confirm', 'Let a captured secret verify calls'],
      ['discard', 'Take a captured secret away, confirmed or not'],
    ].map(([action, what]) => [
      `/webhookCapturedSecrets:${action}`,
      {
        post: {
          tags: [TAG_CAPTURED],
          summary: what,
          parameters: [param('filterByTk', 'Id of the captured secret', text, true)],
          responses: {
            ...answer('Which one', { type: 'object', properties: { id: text } }),
            ...GONE,
            ...(action === 'confirm' && { 409: { description: 'As many as can be are confirmed' } }),
          },
        },
      },
    ]),
  ),
  '/webhookSettings:get': {
    get: {
      tags: [TAG_SETTINGS],
      summary: 'What is set once for all webhooks, and how the server sees the caller',
      parameters: [
        param('with', 'sharedAddress: look for one from the latest deliveries', text),
        param('key', 'A workflow key: look among its deliveries first', text),
      ],
      responses: answer('The settings', ref('webhookSettings')),
    },
  },
  '/webhookSettings:save': {
    post: {
      tags: [TAG_SETTINGS],
      summary: 'Save one or more settings; the others stay',
      requestBody: { required: true, content: json({ type: 'object', properties: settings }) },
      responses: {
        ...answer('The settings', ref('webhookSettings')),
        403: { description: "The user may not change the plugin's settings" },
      },
    },
  },
};

export default {
  openapi: '3.0.2',
  info: { title: 'NocoBase API - Webhook deliveries', version: '1.0.0' },
  tags: [
    { name: TAG_DELIVERIES, description: 'What came in by webhooks: look at it, replay it, cancel it, erase it' },
    { name: TAG_CAPTURED, description: 'What services hand over in their handshakes: confirm it, discard it' },
    { name: TAG_ENDPOINTS, description: 'Enabled webhooks: counters, pause and resume' },
    { name: TAG_STATS, description: 'What was counted of calls and runs' },
    { name: TAG_SETTINGS, description: 'What is set once for all webhooks' },
  ],
  paths,
  components: { schemas },
};
