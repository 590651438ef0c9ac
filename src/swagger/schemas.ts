import { DELIVERY_STATUSES } from '../common/deliveries';
import { MAX_WAITING, WEBHOOK_STATES } from '../common/overview';
import { number, object, text, time, uuid } from './parts';
import triggerConfig from './triggerConfig.json';

const summary = {
  id: { ...uuid, description: 'A UUID version 7: ids are in order of arrival' },
  key: { ...text, description: 'The workflow key' },
  workflowId: { type: 'integer', description: 'The version of the workflow' },
  workflowTitle: { ...text, nullable: true },
  executionId: { ...number, description: 'Of the last attempt' },
  executionIds: { type: 'array', items: { type: 'integer' }, nullable: true, description: 'Of all attempts' },
  status: { type: 'string', enum: [...DELIVERY_STATUSES] },
  reason: { ...text, nullable: true, description: 'Why it was refused, failed or left out' },
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

/** What can be set once for all webhooks. */
export const settings = {
  trustedProxies: { type: 'array', items: text, description: 'Addresses, networks, or `loopback` and the like' },
  publicUrl: { ...text, description: 'Empty: none, and each request tells' },
};

/** What the answers hold, by their names. */
export const schemas = {
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
      responseEncoding: { type: 'string', enum: ['utf8', 'base64'], nullable: true },
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
