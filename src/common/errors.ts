// Framework-free: the one catalogue of what a caller can be refused with.

/**
 * Every code that an answer can carry, with its HTTP status and the message the caller gets.
 * Messages never tell which part of a credential was wrong.
 */
export const ERROR_CATALOGUE = {
  WEBHOOK_NOT_FOUND: { status: 404, message: 'No enabled webhook has this URL.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This webhook does not take this method.' },
  SOURCE_NOT_ALLOWED: { status: 403, message: 'This address may not call this webhook.' },
  RATE_LIMITED: { status: 429, message: 'Too many requests; try again later.' },
  BODY_MALFORMED: { status: 400, message: 'The body could not be read as its content type says.' },
  BODY_TOO_LARGE: { status: 413, message: 'The body is larger than this webhook takes.' },
  BODY_TIMEOUT: { status: 408, message: 'The body did not arrive in time.' },
  UNVERIFIED: { status: 401, message: 'The request could not be verified.' },
  TYPE_NOT_SUPPORTED: { status: 415, message: 'This content type or encoding is not supported.' },
  INVALID_DATA: { status: 422, message: 'The request does not match what this webhook takes.' },
  IDEMPOTENCY_KEY_REUSED: { status: 409, message: 'This key came before with another body.' },
  WORKFLOW_TIMEOUT: { status: 408, message: 'The workflow did not finish in time; it runs on.' },
  WORKFLOW_FAILED: { status: 500, message: 'The workflow failed.' },
  ANSWER_FAILED: { status: 500, message: 'The answer to this call could not be made.' },
  FILES_NOT_STORED: { status: 503, message: 'The files could not be stored; try again later.' },
  NOT_RECORDED: { status: 503, message: 'The request could not be stored; try again later.' },
  OVERLOADED: { status: 503, message: 'The server is busy; try again later.' },
  INTERNAL: { status: 500, message: 'Something went wrong on this side.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** One of several things wrong with a request. */
export interface ErrorDetail {
  message: string;
  /** A JSON pointer, RFC 6901, whose first segment is the part of the request: `/data/items/0`. */
  path: string;
}

/**
 * A refusal: thrown by a pipeline stage, turned into an answer in one place.
 * `reason` is for the log of the one who runs NocoBase and never reaches the caller.
 */
export class WebhookError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly options: {
      reason?: string;
      /** In place of the code's own. */
      status?: number;
      headers?: Record<string, string>;
      cause?: unknown;
      /** What the caller is told in place of the code's own message, an entry each. */
      details?: ErrorDetail[];
    } = {},
  ) {
    super(ERROR_CATALOGUE[code].message, { cause: options.cause });
    this.name = 'WebhookError';
    this.status = options.status ?? ERROR_CATALOGUE[code].status;
  }
}
