import type { IncomingMessage } from 'node:http';
import { WebhookError } from '../../common/errors';
import { Pieces } from './Pieces';
import { because, type Reason } from '../../common/reasons/reason';

/** How fast a body has to come. */
export interface BodyPace {
  /** Milliseconds for the whole body. */
  timeout: number;
  /** Milliseconds after which it has to have brought {@link minRate} on average. */
  grace: number;
  /** Bytes a second. */
  minRate: number;
}

export interface ReceiveOptions {
  /** Bytes. */
  limit: number;
  pace: BodyPace;
  /** Told of every piece that is kept, before it is; may throw a refusal. */
  hold(bytes: number): void;
  /** Given what ends the reading early, with the refusal that it then rejects with. */
  interruptible?(end: (error: WebhookError) => void): void;
}

/**
 * Reads a request's body as it came. Rejects with `BODY_TOO_LARGE`, `BODY_TIMEOUT`, `BODY_MALFORMED` (it broke off),
 * what `hold` throws, or what it is ended with; the stream is left alone then, paused, so that an answer can still be sent.
 */
export function receiveBody(stream: IncomingMessage, options: ReceiveOptions): Promise<Buffer> {
  const { limit, pace, hold } = options;
  const declared = declaredLength(stream);
  if (declared !== null && declared > limit) {
    return Promise.reject(tooLarge(limit));
  }
  return new Promise((resolve, reject) => {
    const pieces = new Pieces();
    const endWatch = watchPace(
      pace,
      () => pieces.size,
      (reason) => refuse(new WebhookError('BODY_TIMEOUT', { reason })),
    );
    const settle = () => {
      endWatch();
      stream.off('data', onData).off('end', onEnd).off('close', onClose);
    };
    const refuse = (error: unknown) => {
      settle();
      stream.pause();
      reject(error);
    };
    const onData = (piece: Buffer) => {
      if (pieces.size + piece.length > limit) {
        return refuse(tooLarge(limit));
      }
      try {
        hold(piece.length);
      } catch (error) {
        return refuse(error);
      }
      pieces.add(piece);
      if (pieces.areTooMany) {
        return refuse(
          new WebhookError('BODY_MALFORMED', { reason: because('BODY_TOO_COMPLEX', { detail: 'pieces' }) }),
        );
      }
    };
    const onEnd = () => {
      if (declared !== null && declared !== pieces.size) {
        return refuse(brokenOff());
      }
      settle();
      resolve(pieces.joined());
    };
    const onClose = () => refuse(brokenOff());
    if (stream.destroyed) {
      return onClose();
    }
    options.interruptible?.(refuse);
    // Stays on: a connection that is reset later on must not become an uncaught error.
    stream.on('error', () => undefined);
    stream.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

/**
 * Tells, once, when a body comes too slowly; gives what ends the watch. A body may run behind within the grace, and what
 * it brings buys it time as in Apache's mod_reqtimeout, so that one timer does.
 */
function watchPace({ timeout, grace, minRate }: BodyPace, size: () => number, late: (reason: Reason) => void) {
  const started = performance.now();
  const due = () => Math.min(timeout, Math.max(grace, (size() / minRate) * 1_000));
  let timer: NodeJS.Timeout;
  let check: NodeJS.Immediate | undefined;
  const wait = () => {
    const left = due() - (performance.now() - started);
    timer = setTimeout(() => {
      // Where this process stood still, what the caller has sent meanwhile is only read after the timers.
      check = setImmediate(() => {
        if (performance.now() - started < due()) {
          wait();
        } else {
          const seconds = Math.round((performance.now() - started) / 1_000);
          late(because('BODY_TOO_SLOW', { bytes: size(), seconds }));
        }
      });
    }, left);
  };
  wait();
  return () => {
    clearTimeout(timer);
    clearImmediate(check);
  };
}

function declaredLength({ headers }: IncomingMessage): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

function tooLarge(limit: number): WebhookError {
  return new WebhookError('BODY_TOO_LARGE', { reason: because('BODY_TOO_LARGE', { max: limit }) });
}

function brokenOff(): WebhookError {
  return new WebhookError('BODY_MALFORMED', { reason: because('BODY_BROKEN_OFF') });
}
