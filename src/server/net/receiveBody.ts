import type { IncomingMessage } from 'node:http';
import { WebhookError } from '../../common/errors';

export interface ReceiveOptions {
  /** Bytes. */
  limit: number;
  /** Milliseconds for the whole body. */
  timeout: number;
  /** Told of every piece that is kept, before it is; may throw a refusal. */
  hold(bytes: number): void;
}

/**
 * Reads a request's body as it came. Rejects with `BODY_TOO_LARGE`, `BODY_TIMEOUT`, `BODY_MALFORMED` (it broke off),
 * or what `hold` throws; the stream is left alone then, paused, so that an answer can still be sent.
 */
export function receiveBody(stream: IncomingMessage, { limit, timeout, hold }: ReceiveOptions): Promise<Buffer> {
  const declared = declaredLength(stream);
  if (declared !== null && declared > limit) {
    return Promise.reject(tooLarge(limit));
  }
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => refuse(new WebhookError('BODY_TIMEOUT')), timeout);
    const settle = () => {
      clearTimeout(timer);
      stream.off('data', onData).off('end', onEnd).off('close', onClose);
    };
    const refuse = (error: unknown) => {
      settle();
      stream.pause();
      reject(error);
    };
    const onData = (piece: Buffer) => {
      size += piece.length;
      if (size > limit) {
        return refuse(tooLarge(limit));
      }
      try {
        hold(piece.length);
      } catch (error) {
        return refuse(error);
      }
      pieces.push(piece);
    };
    const onEnd = () => {
      if (declared !== null && declared !== size) {
        return refuse(brokenOff());
      }
      settle();
      const [only] = pieces;
      resolve(only && pieces.length === 1 ? only : Buffer.concat(pieces, size));
    };
    const onClose = () => refuse(brokenOff());
    if (stream.destroyed) {
      return onClose();
    }
    // Stays on: a connection that is reset later on must not become an uncaught error.
    stream.on('error', () => undefined);
    stream.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

function declaredLength({ headers }: IncomingMessage): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

function tooLarge(limit: number): WebhookError {
  return new WebhookError('BODY_TOO_LARGE', { reason: `more than ${limit} bytes` });
}

function brokenOff(): WebhookError {
  return new WebhookError('BODY_MALFORMED', { reason: 'the body broke off' });
}
