import { MAX_ERASED, MAX_REPLAYS } from '../common/deliveriesApi';
import { MAX_KEYS, MAX_STEPS } from '../common/stats';
import { answer, deliveryId, GONE, json, object, paging, param, ref, REFUSALS, replayId, text, uuid } from './parts';
import { settings } from './schemas';

export const TAG_DELIVERIES = 'webhookDeliveries';
export const TAG_ENDPOINTS = 'webhookEndpoints';
export const TAG_STATS = 'webhookStats';
export const TAG_CAPTURED = 'webhookCapturedSecrets';
export const TAG_SETTINGS = 'webhookSettings';

const eraseOptions = {
  execution: { type: 'boolean', default: false, description: 'Also what the workflow saw, and what its nodes came to' },
  cancel: { type: 'boolean', default: false, description: 'Cancel what has not ended' },
};

const erased = {
  type: 'object',
  properties: { erased: { type: 'integer' }, open: { type: 'integer', description: 'Left as they are: not ended' } },
};

/** The actions, by their paths below the API. */
export const paths = {
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
