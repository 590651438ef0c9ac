import type { ReasonEntry } from '../entry';

/** What became of a delivery that was taken. */
export const RUN_REASONS = {
  RUN_FAILED: {
    topic: 'run',
    text: 'The execution ended as {{state}}.',
    values: { state: 'text' },
  },
  RUN_TIMED_OUT: { topic: 'run', text: 'The workflow took longer than its own time-out.' },
  RUN_CANCELLED: { topic: 'run', text: 'It was cancelled while it ran.' },
  CANCELLED: { topic: 'delivery', text: 'It was cancelled before it was started.' },
  RETRY_CANCELLED: { topic: 'delivery', text: 'It was cancelled while it waited to be tried again.' },
  WORKFLOW_DELETED: { topic: 'delivery', text: 'Its workflow was deleted.' },
  EXECUTION_DELETED: { topic: 'delivery', text: 'Its execution was deleted.' },
  INTERRUPTED: { topic: 'run', text: 'NocoBase ended while it ran.' },
  NOT_RESUMABLE: { topic: 'run', text: 'This version of NocoBase does not let it be resumed.' },
  RUN_BROKE_OFF: { topic: 'run', text: 'The run broke off: {{error}}', values: { error: 'text' } },
  RUN_BROKE_OFF_RETRIED: {
    topic: 'run',
    text: 'Its run broke off, and is tried again: {{error}}',
    values: { error: 'text' },
  },
  RUN_NOT_SAVED_RETRIED: {
    topic: 'run',
    text: 'What its run came to could not be written yet, and is tried again: {{error}}',
    values: { error: 'text' },
  },
  RETRY_WAITS: {
    topic: 'delivery',
    text: 'Try {{attempt}} of {{attempts}} {{detail}}.',
    values: { attempt: 'number', attempts: 'number' },
    details: { failed: 'failed', timedOut: 'timed out', interrupted: 'was interrupted' },
  },
  START_RETRIED: {
    topic: 'delivery',
    text: 'It could not be started yet, and is tried again: {{error}}',
    values: { error: 'text' },
  },
  NOT_STARTED: {
    topic: 'delivery',
    text: 'It could not be started: {{error}}',
    values: { error: 'text' },
  },
  TRIGGER_REFUSED: { topic: 'delivery', text: 'The trigger did not let it through.' },
  NOT_ACKNOWLEDGED: {
    topic: 'delivery',
    text: 'Its caller had been told that it could not be stored.',
  },

  RUN_TOOK_TOO_LONG: {
    topic: 'wait',
    text: 'The workflow was not finished after {{milliseconds}} ms.',
    values: { milliseconds: 'number' },
  },
  RUN_WAITS: {
    topic: 'wait',
    text: 'The execution {{execution}} waits for something.',
    values: { execution: 'text' },
  },
  RUN_TAKEN_OVER: { topic: 'run', text: 'Another instance goes on with the run.' },
  INTERNAL: { topic: 'run', text: "Something went wrong on this side; NocoBase's log says more." },
} as const satisfies Record<string, ReasonEntry>;
