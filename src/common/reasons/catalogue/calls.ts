import type { ReasonEntry } from '../entry';

/** Why a call that could be verified, or needed no verifying, started nothing. */
export const CALL_REASONS = {
  WEBHOOK_NOT_FOUND: { topic: 'method', text: 'No enabled webhook has this URL.' },
  METHOD_NOT_ALLOWED: {
    topic: 'method',
    text: 'The method {{method}} is not one of those that this webhook takes.',
    values: { method: 'text' },
  },
  HEAD_REQUEST: { topic: 'method', text: 'A HEAD request starts nothing.' },
  ADDRESS_NOT_ALLOWED: {
    topic: 'address',
    text: 'The address {{address}} is not on the allowlist.',
    values: { address: 'text' },
  },
  ADDRESS_UNKNOWN: { topic: 'proxy', text: "The caller's address can't be told, and is on no allowlist." },

  ATTEMPTS_NOT_VERIFIED: {
    topic: 'load',
    text: 'Too many attempts from {{address}} could not be verified.',
    values: { address: 'text' },
  },
  RATE_LIMIT_REACHED: {
    topic: 'load',
    text: 'There were more than {{points}} calls in {{seconds}} s.',
    values: { points: 'number', seconds: 'number' },
  },
  ROOM_TAKEN: {
    topic: 'load',
    text: 'There are {{requests}} requests with {{bytes}} bytes in flight {{detail}}',
    values: { requests: 'number', bytes: 'number' },
    details: {
      process: 'in this process.',
      unverified: 'that are not verified.',
      unverifiedAtWebhook: 'at this webhook that are not verified.',
      unverifiedOfSource: 'from this address that are not verified.',
      work: 'that are verified.',
      workOfWebhook: 'at this webhook that are verified.',
      openWork: 'at webhooks that verify nobody.',
      openWorkOfSource: 'from this address at webhooks that verify nobody.',
    },
  },
  NOT_TAKEN_NOW: {
    topic: 'load',
    text: 'It can not be taken now: {{detail}}',
    details: {
      displaced: 'it was not verified yet, and made room for another caller.',
      notRunning: 'NocoBase is starting or stopping.',
      paused: 'the webhook is paused.',
      callers: 'too many callers wait for their runs.',
      inbox: 'the inbox is full.',
      same: 'the same request is being dealt with.',
      handshakes: 'too many handshakes with a secret came, or are at work, which nobody has confirmed.',
      database: 'the database did not take it.',
    },
  },

  SCHEMA_VIOLATION: {
    topic: 'data',
    text: 'It does not match the schema: {{path}} {{message}}',
    values: { path: 'text', message: 'text' },
  },
  VARIABLES_TOO_LARGE: {
    topic: 'variables',
    text: 'What the variables with an alias stand for is too much to be kept beside the body.',
  },
  EVENT_NOT_CHOSEN: {
    topic: 'event',
    text: 'The event "{{event}}" is not chosen.',
    values: { event: 'text' },
  },
  EVENT_UNKNOWN: { topic: 'event', text: 'It says no event.' },
  FILTER_NOT_MET: { topic: 'filter', text: 'The filter is not met.' },
  FILTER_FAILED: {
    topic: 'filter',
    text: "The filter can't be evaluated: {{error}}",
    values: { error: 'text' },
  },
  HANDSHAKE_ANSWERED: {
    topic: 'service',
    text: 'The handshake "{{kind}}" was answered, and starts nothing.',
    values: { kind: 'text' },
  },

  REPEAT: { topic: 'repeat', text: 'It is a repeat of {{delivery}}.', values: { delivery: 'text' } },
  REPEAT_WITH_OTHER_BODY: {
    topic: 'repeat',
    text: 'It is a repeat of {{delivery}}, with another body.',
    values: { delivery: 'text' },
  },
  SIGNED_ID_TAKEN: { topic: 'repeat', text: 'The id that is signed was taken before.' },
  KEY_REUSED: {
    topic: 'repeat',
    text: '{{delivery}} came with the same key and another body.',
    values: { delivery: 'text' },
  },
  FIRST_RUNS_STILL: {
    topic: 'repeat',
    text: '{{delivery}}, which this repeats, runs still.',
    values: { delivery: 'text' },
  },
  FIRST_NOT_SUCCEEDED: {
    topic: 'repeat',
    text: '{{delivery}}, which this repeats, did not succeed.',
    values: { delivery: 'text' },
  },
  FIRST_ANSWER_GONE: {
    topic: 'repeat',
    text: 'The answer of {{delivery}}, which this repeats, is gone with its execution.',
    values: { delivery: 'text' },
  },
} as const satisfies Record<string, ReasonEntry>;
